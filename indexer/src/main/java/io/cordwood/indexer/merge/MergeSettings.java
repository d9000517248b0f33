package io.cordwood.indexer.merge;

/**
 * When and how much is merged.
 *
 * @param segmentsMin how many segments of ingest are merged together, at least
 * @param runsMin how many runs of about a length become one
 * @param jobBytesMax how many bytes a merge makes a segment of: it holds twice as many at most
 */
public record MergeSettings(int segmentsMin, int runsMin, int jobBytesMax) {

    /** What a node with memory to spare uses. */
    public static final MergeSettings STANDARD = new MergeSettings(16, 8, 64 << 20);

    /** Less than this is not worth a request. */
    private static final int JOB_BYTES_MIN = 1 << 20;

    public MergeSettings {
        if (segmentsMin < 1 || runsMin < 2 || jobBytesMax < 1 << 10) {
            throw new IllegalArgumentException("a merge makes one of several: " + segmentsMin
                    + ", " + runsMin + ", " + jobBytesMax);
        }
    }

    /** The same, but that a job has no more than so many bytes, if that is less. */
    public MergeSettings withJobsOf(long bytesMax) {
        return new MergeSettings(segmentsMin, runsMin,
                Math.clamp(bytesMax, JOB_BYTES_MIN, jobBytesMax));
    }

    /** How long a run is, at least, that is merged no more. */
    int fullLength() {
        return jobBytesMax / 2;
    }

    /** How many runs a partition has, at most, that are still to be merged. */
    int runsMax() {
        return runsMin * runsMin;
    }
}
