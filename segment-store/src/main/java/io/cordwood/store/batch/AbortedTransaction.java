package io.cordwood.store.batch;

/**
 * A transaction that was aborted in a partition. Between its offsets, the transactional records of
 * its producer belong to it.
 *
 * @param firstOffset of its first record
 * @param lastOffset of its control record
 */
public record AbortedTransaction(long producerId, long firstOffset, long lastOffset) {

    public AbortedTransaction {
        if (producerId < 0 || firstOffset < 0 || lastOffset <= firstOffset) {
            throw new IllegalArgumentException("a transaction ends after its first record: "
                    + firstOffset + " to " + lastOffset);
        }
    }

    /** Whether a transactional record of the producer belongs to it. */
    public boolean covers(long producer, long offset) {
        return producer == producerId && firstOffset <= offset && offset <= lastOffset;
    }
}
