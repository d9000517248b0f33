package io.cordwood.ingest;

import io.cordwood.ingest.wal.WalStatistics;

/**
 * What the produce path holds now, and what it has done since it was made.
 *
 * @param heldBytes of appends that are not done yet, with what keeping them costs
 * @param recoveredSegments that an earlier process had begun and this one committed
 */
public record IngestStatistics(long heldBytes, Segments segments, Seals seals,
        Deliveries deliveries, Acks acks, long recoveredSegments, WalStatistics wal) {

    /**
     * How many segments are where now.
     *
     * @param open 0 or 1
     * @param sealed waiting for an upload, or for the commit of those before them
     */
    public record Segments(int open, int sealed, int uploading, int committing) {}

    /** How many segments were sealed for which reason. */
    public record Seals(long bySize, long byPace, long byLull, long byClosing) {}

    /**
     * What was committed.
     *
     * @param inline segments that travelled in the manifest entry
     * @param uploaded segments that were uploaded before
     * @param uploadRetries uploads that failed and were tried again
     */
    public record Deliveries(long inline, long inlineBytes, long uploaded, long uploadedBytes,
            long uploadRetries) {}

    /**
     * What was acknowledged to producers.
     *
     * @param bytes of batches, as they came
     */
    public record Acks(long records, long bytes) {}
}
