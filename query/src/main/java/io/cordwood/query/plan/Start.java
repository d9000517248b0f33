package io.cordwood.query.plan;

/**
 * Where in a partition to begin to read: always at the first byte of a batch.
 *
 * @param runIndex which run, oldest first
 * @param position of the batch in the run's bytes
 * @param offsetDelta of the batch's first record, counted from the run's first
 */
public record Start(int runIndex, int position, int offsetDelta) {

    /** The beginning of a run. */
    public static Start ofRun(int runIndex) {
        return new Start(runIndex, 0, 0);
    }
}
