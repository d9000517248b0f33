package io.cordwood.indexer.retention;

import java.util.OptionalLong;

/**
 * How long the records of a topic are kept.
 *
 * @param ageMaxMillis how old they get; empty for ever
 * @param bytesMax how many bytes of them each partition keeps; empty for any number
 */
public record Retention(OptionalLong ageMaxMillis, OptionalLong bytesMax) {

    /** Nothing goes by itself. */
    public static final Retention FOREVER = new Retention(OptionalLong.empty(),
            OptionalLong.empty());

    /** Into how many parts at least what is kept is divided: they go one by one. */
    private static final int PARTS = 8;

    /** Whether nothing goes by itself. */
    boolean isForever() {
        return ageMaxMillis.isEmpty() && bytesMax.isEmpty();
    }

    /**
     * How far apart the records of a run may be in time: it goes when its youngest record is too
     * old, and its oldest should not have to wait for that for long.
     */
    public long spanMaxMillis() {
        return ageMaxMillis.isPresent() ? ageMaxMillis.getAsLong() / PARTS : Long.MAX_VALUE;
    }

    /** How long a run may be in bytes: as long as it is there, so much more may be kept. */
    public long lengthMax() {
        return bytesMax.isPresent() ? bytesMax.getAsLong() / PARTS : Long.MAX_VALUE;
    }
}
