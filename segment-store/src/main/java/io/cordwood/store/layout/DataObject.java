package io.cordwood.store.layout;

import io.cordwood.store.object.ObjectKey;
import java.util.UUID;

/**
 * An object that holds records and nothing else: it is written once, under an id of its own, and
 * goes when no run lies in it any more.
 */
public sealed interface DataObject {

    /** Its id, which no other object has. */
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
}
