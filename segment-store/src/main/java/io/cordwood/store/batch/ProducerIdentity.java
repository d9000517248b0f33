package io.cordwood.store.batch;

/**
 * One instance of a producer.
 *
 * @param id given out by the log
 * @param epoch a later instance under the same id has a larger one
 */
public record ProducerIdentity(long id, short epoch) {

    /** The largest epoch that is given out: the one above is kept to end what is under way. */
    public static final short EPOCH_MAX = Short.MAX_VALUE - 1;

    public ProducerIdentity {
        if (id < 0 || epoch < 0) {
            throw new IllegalArgumentException("ids and epochs count from 0: " + id + ", "
                    + epoch);
        }
    }

    /** Whether there is no later instance under this id. */
    public boolean isExhausted() {
        return epoch >= EPOCH_MAX;
    }

    /** The instance after this one; there must be one. */
    public ProducerIdentity next() {
        return new ProducerIdentity(id, (short) (epoch + 1));
    }
}
