package io.cordwood.store.batch;

/**
 * What an idempotent producer writes on a batch, so that the log can tell one that is sent again
 * from the next.
 *
 * @param producerId given out by the log
 * @param producerEpoch of the producer: a later instance under the same id has a larger one
 * @param firstSequence of the batch's first record; sequences count the records that a producer
 *        sends to a partition, from 0, and begin again after 2^31 - 1
 * @param transaction what the batch is to a transaction of the producer
 */
public record ProducerSequence(long producerId, short producerEpoch, int firstSequence,
        Membership transaction) {

    /** Throws {@link IllegalArgumentException} for numbers that no producer has. */
    public ProducerSequence {
        if (producerId < 0 || producerEpoch < 0 || firstSequence < 0) {
            throw new IllegalArgumentException("ids, epochs and sequences count from 0: "
                    + producerId + ", " + producerEpoch + ", " + firstSequence);
        }
    }

    /** Which instance of the producer sent it. */
    public ProducerIdentity producer() {
        return new ProducerIdentity(producerId, producerEpoch);
    }

    /** The same, but its partition joins the transaction by it. */
    public ProducerSequence joining() {
        return transaction == Membership.NONE
                ? this
                : new ProducerSequence(producerId, producerEpoch, firstSequence,
                        Membership.JOINS);
    }

    /** The same, once its partition has joined the transaction. */
    public ProducerSequence joined() {
        return transaction == Membership.JOINS
                ? new ProducerSequence(producerId, producerEpoch, firstSequence,
                        Membership.MEMBER)
                : this;
    }

    /** Whether it belongs to a transaction. */
    public boolean transactional() {
        return transaction != Membership.NONE;
    }

    /** What a batch is to a transaction. */
    public enum Membership {
        /** It belongs to none. */
        NONE,
        /** It belongs to one that its partition has joined before. */
        MEMBER,
        /** Its partition joins the transaction by it, if it has not before (KIP-890). */
        JOINS
    }

    /** The sequence so many records later. */
    public static int after(int sequence, int records) {
        return (int) ((sequence + (long) records) % (1L << 31));
    }
}
