package io.cordwood.manifest.state;

/**
 * Which producer ids there are.
 *
 * @param next that is given out next; ids never come again
 * @param forgottenEnd all below may have been forgotten by a partition that knew them
 */
public record ProducerIds(long next, long forgottenEnd) {

    static final ProducerIds NONE = new ProducerIds(0, 0);

    public ProducerIds {
        if (next < 0 || forgottenEnd < 0) {
            throw new IllegalArgumentException("producer ids count from 0");
        }
    }

    ProducerIds reserve(int count) {
        return new ProducerIds(Math.addExact(next, count), forgottenEnd);
    }

    ProducerIds forgetBelow(long end) {
        return new ProducerIds(next, Math.max(forgottenEnd, end));
    }

    /** Whether a partition that does not know the producer may have known it once. */
    public boolean mayBeForgotten(long producerId) {
        return producerId < forgottenEnd;
    }
}
