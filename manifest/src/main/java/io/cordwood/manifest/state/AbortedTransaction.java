package io.cordwood.manifest.state;

/**
 * A transaction that was aborted in a partition. Between its offsets, the batches of its producer
 * that belong to a transaction belong to this one.
 *
 * @param firstOffset of its first record
 * @param lastOffset of its control batch
 */
public record AbortedTransaction(long producerId, long firstOffset, long lastOffset) {

    public AbortedTransaction {
        if (producerId < 0 || firstOffset < 0 || lastOffset <= firstOffset) {
            throw new IllegalArgumentException("a transaction ends after its first record: "
                    + firstOffset + " to " + lastOffset);
        }
    }
}
