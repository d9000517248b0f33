package io.cordwood.store.layout;

import io.cordwood.store.object.ObjectKey;
import java.util.UUID;

/**
 * An object that is written once and goes when nobody needs it any more: one with records when no
 * run lies in it, a piece of a table's metadata when the table has others.
 */
public sealed interface DataObject {

    /** The id under which it was written. */
    UUID id();

    /** Where it is in the bucket. */
    ObjectKey key();

    /** A segment, with runs of any partitions. */
    record Segment(UUID id) implements DataObject {

        @Override
        public ObjectKey key() {
            return BucketLayout.segment(id);
        }
    }

    /**
     * A Parquet file with one run.
     *
     * @param topic whose records it holds
     */
    record History(UUID topic, UUID id) implements DataObject {

        @Override
        public ObjectKey key() {
            return BucketLayout.history(topic, id);
        }
    }

    /**
     * A piece of the metadata of a topic's table.
     *
     * @param topic whose history is the table
     * @param id shared by all pieces that were written together
     * @param piece {@link #METADATA}, {@link #MANIFEST_LIST}, or from {@link #MANIFESTS} on a
     *        manifest
     */
    record Table(UUID topic, UUID id, int piece) implements DataObject {

        /** Of what tells the rest. */
        public static final int METADATA = 0;

        /** Of the list of the manifests. */
        public static final int MANIFEST_LIST = 1;

        /** Of the first manifest. */
        public static final int MANIFESTS = 2;

        public Table {
            if (piece < METADATA) {
                throw new IllegalArgumentException("pieces are numbered from 0: " + piece);
            }
        }

        @Override
        public ObjectKey key() {
            return switch (piece) {
                case METADATA -> BucketLayout.tableMetadata(topic, id);
                case MANIFEST_LIST -> BucketLayout.tableManifestList(topic, id);
                default -> BucketLayout.tableManifest(topic, id, piece - MANIFESTS);
            };
        }
    }
}
