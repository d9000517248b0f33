package io.cordwood.store.segment;

/**
 * Some consecutive batches of a long run, so that a reader need not begin at the run's first.
 *
 * @param offsetDelta the offset of its first record, counted from the run's first
 * @param position where its first batch begins, counted from the run's first byte
 * @param maxTimestampMillis the largest timestamp in it
 */
public record Stretch(int offsetDelta, int position, long maxTimestampMillis) {

    public Stretch {
        if (offsetDelta < 0 || position < 0) {
            throw new IllegalArgumentException("a stretch lies in its run");
        }
    }
}
