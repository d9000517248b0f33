package io.cordwood.store.layout;

import java.util.UUID;

/**
 * The id of an object that holds records. It tells how far the manifest log was when the id was
 * made, and so of whom an upload may still be under way.
 *
 * <pre>
 *  0        48        52        64        66        80          128
 *  +--------+---------+---------+---------+---------+------------+
 *  | chance | version | chance  | variant | chance  | sequence   |
 *  |        | = 8     |         | = 0b10  |         | (unsigned) |
 *  +--------+---------+---------+---------+---------+------------+
 * </pre>
 *
 * The chance comes first, because it spreads the keys.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9562#name-uuid-version-8">RFC 9562, version 8</a>
 */
public final class ObjectId {

    private static final int VERSION = 8;
    private static final long VERSION_BITS = 0xF000L;
    private static final long VERSION_8 = 0x8000L;
    private static final long VARIANT = 1L << 63;
    private static final int SEQUENCE_BITS = 48;
    private static final long SEQUENCE_MAX = (1L << SEQUENCE_BITS) - 1;
    private static final long CHANCE_MAX = (1L << 14) - 1;

    private ObjectId() {}

    /**
     * An id.
     *
     * @param sequence the last manifest entry that its maker knows
     * @param chance never the same twice
     */
    public static UUID of(long sequence, UUID chance) {
        if (sequence < 0 || sequence > SEQUENCE_MAX) {
            throw new IllegalArgumentException("entries are numbered to 2^48: " + sequence);
        }
        long most = (chance.getMostSignificantBits() & ~VERSION_BITS) | VERSION_8;
        long least = VARIANT
                | ((chance.getLeastSignificantBits() & CHANCE_MAX) << SEQUENCE_BITS)
                | sequence;
        return new UUID(most, least);
    }

    /** The last manifest entry that the maker of an id knew; 0 if the id does not tell. */
    public static long sequence(UUID id) {
        return id.version() == VERSION ? id.getLeastSignificantBits() & SEQUENCE_MAX : 0;
    }
}
