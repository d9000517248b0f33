package io.cordwood.ingest;

import java.time.Duration;

/**
 * The bounds of the produce path.
 *
 * @param flushInterval how often a steady trickle is flushed: the knob between cost and latency
 * @param segmentSizeMaxBytes of batches in a segment; a batch that is larger travels alone
 * @param bufferSizeMaxBytes of appends that are held until they are committed
 * @param uploadsMax segments that are uploaded at the same time
 * @param waitMax how long an append waits for room in the buffer before it is refused
 * @param appendTimeout how long an append that was admitted waits for its commit before its caller
 * is
 *        told that the outcome is unknown
 */
public record IngestSettings(Duration flushInterval, int segmentSizeMaxBytes,
        long bufferSizeMaxBytes, int uploadsMax, Duration waitMax, Duration appendTimeout) {

    /** The largest segment that can be asked for: recovery holds one in memory. */
    public static final int SEGMENT_SIZE_LIMIT_BYTES = 64 << 20;

    /**
     * Four flushes a second at most for a trickle; as much memory as the uploads in parallel need;
     * and both waits together shorter than the 30 s after which Kafka's clients give up by
     * themselves.
     */
    public static final IngestSettings STANDARD = new IngestSettings(Duration.ofMillis(250),
            8 << 20,
            64 << 20, 8, Duration.ofSeconds(5), Duration.ofSeconds(20));

    public IngestSettings {
        require(flushInterval.compareTo(Duration.ofMillis(1)) >= 0,
                "a flush interval is at least 1 ms");
        require(segmentSizeMaxBytes > 0 && segmentSizeMaxBytes <= SEGMENT_SIZE_LIMIT_BYTES,
                "a segment has 1 byte to 64 MiB");
        require(bufferSizeMaxBytes >= segmentSizeMaxBytes, "the buffer holds at least one segment");
        require(uploadsMax > 0, "there is at least one upload at a time");
        require(!waitMax.isNegative() && appendTimeout.isPositive(), "times are positive");
    }

    private static void require(boolean holds, String rule) {
        if (!holds) {
            throw new IllegalArgumentException(rule);
        }
    }
}
