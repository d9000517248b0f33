package io.cordwood.store.layout;

import io.cordwood.runtime.CorruptException;
import io.cordwood.store.object.ObjectKey;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * The keys of the bucket.
 *
 * <pre>
 *  cluster                     format version and cluster id            created once
 *  manifest/log/SEQUENCE       one committed entry                      created if absent
 *  manifest/checkpoint/SEQUENCE   the state after that entry            always the same bytes
 *  manifest/boundary/SEQUENCE  entries up to it may have been deleted   the highest counts
 *  segments/HH/UUID            a segment; HH spreads the keys           unique key
 * </pre>
 *
 * Sequence numbers have twenty digits, so that the order of keys is the order of numbers.
 */
public final class BucketLayout {

    /** The format version and the id of the cluster that owns the bucket. */
    public static final ObjectKey CLUSTER = new ObjectKey("cluster");

    /** What the keys of all manifest entries begin with. */
    public static final String LOG_PREFIX = "manifest/log/";

    /** What the keys of all checkpoints begin with. */
    public static final String CHECKPOINT_PREFIX = "manifest/checkpoint/";

    /** What the keys of all boundaries begin with. */
    public static final String BOUNDARY_PREFIX = "manifest/boundary/";

    /** What the keys of all segments begin with. */
    public static final String SEGMENT_PREFIX = "segments/";

    private BucketLayout() {}

    /** The entry with that sequence number. */
    public static ObjectKey logEntry(long sequence) {
        return numbered(LOG_PREFIX, sequence);
    }

    /** The state after the entry with that sequence number. */
    public static ObjectKey checkpoint(long sequence) {
        return numbered(CHECKPOINT_PREFIX, sequence);
    }

    /** The boundary at that sequence number. */
    public static ObjectKey boundary(long sequence) {
        return numbered(BOUNDARY_PREFIX, sequence);
    }

    /** The segment with that id. */
    public static ObjectKey segment(UUID id) {
        String name = id.toString();
        return new ObjectKey(SEGMENT_PREFIX + name.substring(0, 2) + "/" + name);
    }

    /** The id of the segment with that key; empty if it is the key of something else. */
    public static Optional<UUID> segmentId(ObjectKey key) {
        String name = key.value().substring(key.value().lastIndexOf('/') + 1);
        try {
            UUID id = UUID.fromString(name);
            return segment(id).equals(key) ? Optional.of(id) : Optional.empty();
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    /**
     * The sequence number that the key of an entry, a checkpoint or a boundary ends with.
     *
     * @throws CorruptException when it ends with something else
     */
    public static long sequence(ObjectKey key) {
        String value = key.value();
        try {
            return Long.parseLong(value, value.lastIndexOf('/') + 1, value.length(), 10);
        } catch (NumberFormatException foreign) {
            throw new CorruptException("the object " + key + " is not Cordwood's: remove it",
                    foreign);
        }
    }

    private static ObjectKey numbered(String prefix, long sequence) {
        return new ObjectKey(prefix + String.format(Locale.ROOT, "%020d", sequence));
    }
}
