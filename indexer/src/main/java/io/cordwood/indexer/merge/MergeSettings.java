package io.cordwood.indexer.merge;

import io.cordwood.manifest.state.Tier;

/**
 * When and how much is merged.
 *
 * @param segmentsMin how many segments of ingest are merged together, at least
 * @param runsMin how many runs of about a length become one
 * @param jobBytesMax how many bytes of several partitions are merged at a time: twice as many are
 *        in memory, at most. A run that is longer is made in windows of a part of that
 * @param runBytesMax how long a run becomes, and how long those are together that become a file,
 *        whose tail, which readers hold as a whole, is a small part of that
 */
public record MergeSettings(int segmentsMin, int runsMin, int jobBytesMax, int runBytesMax) {

    /** What a node with memory to spare uses. */
    public static final MergeSettings STANDARD = new MergeSettings(16, 8, 64 << 20, 256 << 20);

    /** Less than this is not worth a request. */
    private static final int JOB_BYTES_MIN = 1 << 20;

    /** A window is such a part of a job. */
    private static final int WINDOWS = 4;

    public MergeSettings {
        if (segmentsMin < 1 || runsMin < 2 || jobBytesMax < 1 << 10) {
            throw new IllegalArgumentException("a merge makes one of several: " + segmentsMin
                    + ", " + runsMin + ", " + jobBytesMax);
        }
        if (runBytesMax < jobBytesMax) {
            throw new IllegalArgumentException("a run may be as long as a job: " + runBytesMax
                    + ", " + jobBytesMax);
        }
    }

    /** The same, but that a job has no more than so many bytes, if that is less. */
    public MergeSettings withJobsOf(long bytesMax) {
        return new MergeSettings(segmentsMin, runsMin,
                Math.clamp(bytesMax, JOB_BYTES_MIN, jobBytesMax), runBytesMax);
    }

    /** How long what is made of runs of a tier may be. */
    public int lengthMax(Tier tier) {
        return switch (tier) {
            case WAL -> jobBytesMax;
            case LOG, HISTORY -> runBytesMax;
        };
    }

    /** How long a run of a tier is, at least, that is merged no more. */
    int fullLength(Tier tier) {
        return lengthMax(tier) / 2;
    }

    /** How many runs a partition has, at most, that are still to be merged. */
    int runsMax() {
        return runsMin * runsMin;
    }

    /** How many bytes of a job are read at a time. */
    long windowBytes(MergeJob job) {
        return job.length() <= jobBytesMax ? jobBytesMax : jobBytesMax / WINDOWS;
    }
}
