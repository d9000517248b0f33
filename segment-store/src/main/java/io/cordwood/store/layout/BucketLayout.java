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
 *  history/TOPIC/data/UUID.parquet   a run of the topic with that id    unique key
 *  history/TOPIC/metadata/UUID.metadata.json   its table                unique key
 *  history/TOPIC/metadata/UUID-list.avro       the table's manifests    unique key
 *  history/TOPIC/metadata/UUID-mN.avro         which files it has       unique key
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

    /** What the keys of everything begin with that belongs to the history of topics. */
    public static final String HISTORY_PREFIX = "history/";

    private static final String HISTORY_SUFFIX = ".parquet";
    private static final String DATA_FOLDER = "/data/";

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

    /** The history file with that id. */
    public static ObjectKey history(UUID topic, UUID id) {
        return new ObjectKey(historyOf(topic) + DATA_FOLDER + id + HISTORY_SUFFIX);
    }

    /** The object with that key that holds records; empty if it is the key of something else. */
    public static Optional<DataObject> dataObject(ObjectKey key) {
        String value = key.value();
        if (value.startsWith(SEGMENT_PREFIX)) {
            return uuid(value.substring(value.lastIndexOf('/') + 1))
                    .<DataObject>map(DataObject.Segment::new)
                    .filter(segment -> segment.key().equals(key));
        }
        int name = value.indexOf(DATA_FOLDER);
        if (!value.startsWith(HISTORY_PREFIX) || name < 0 || !value.endsWith(HISTORY_SUFFIX)) {
            return Optional.empty();
        }
        return uuid(value.substring(HISTORY_PREFIX.length(), name)).flatMap(topic -> uuid(
                value.substring(name + DATA_FOLDER.length(),
                        value.length() - HISTORY_SUFFIX.length()))
                .<DataObject>map(id -> new DataObject.History(topic, id))
                .filter(file -> file.key().equals(key)));
    }

    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException foreign) {
            return Optional.empty();
        }
    }

    /** What all keys of a topic's history begin with, before the slash. */
    public static String historyOf(UUID topic) {
        return HISTORY_PREFIX + topic;
    }

    /** What tells the rest of a topic's table, as it was written under that id. */
    public static ObjectKey tableMetadata(UUID topic, UUID id) {
        return tableKey(topic, id, ".metadata.json");
    }

    /** The list of the manifests that were written under that id. */
    public static ObjectKey tableManifestList(UUID topic, UUID id) {
        return tableKey(topic, id, "-list.avro");
    }

    /** A manifest, by its number from 0, that was written under that id. */
    public static ObjectKey tableManifest(UUID topic, UUID id, int number) {
        return tableKey(topic, id, "-m" + number + ".avro");
    }

    private static ObjectKey tableKey(UUID topic, UUID id, String rest) {
        return new ObjectKey(historyOf(topic) + "/metadata/" + id + rest);
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
