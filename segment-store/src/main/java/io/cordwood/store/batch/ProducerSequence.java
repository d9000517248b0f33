package io.cordwood.store.batch;

/**
 * What an idempotent producer writes on a batch, so that the log can tell one that is sent again
 * from the next.
 *
 * @param producerId given out by the log
 * @param producerEpoch of the producer: a later instance under the same id has a larger one
 * @param firstSequence of the batch's first record; sequences count the records that a producer
 *        sends to a partition, from 0, and begin again after 2^31 - 1
 * @param transactional whether the batch belongs to a transaction of the producer
 */
public record ProducerSequence(long producerId, short producerEpoch, int firstSequence,
        boolean transactional) {

    /** Throws {@link IllegalArgumentException} for numbers that no producer has. */
    public ProducerSequence {
        if (producerId < 0 || producerEpoch < 0 || firstSequence < 0) {
            throw new IllegalArgumentException("ids, epochs and sequences count from 0: "
                    + producerId + ", " + producerEpoch + ", " + firstSequence);
        }
    }

    /** The sequence so many records later. */
    public static int after(int sequence, int records) {
        return (int) ((sequence + (long) records) % (1L << 31));
    }
}
