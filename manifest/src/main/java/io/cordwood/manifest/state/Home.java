package io.cordwood.manifest.state;

import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.layout.DataObject;
import io.cordwood.store.object.ObjectKey;

/** What runs lie in, shared by all its runs. */
public sealed interface Home permits SegmentRef, HistoryRef {

    /** Where it is. */
    Place place();

    /** Who made it. */
    Tier tier();

    /** The object that holds it. */
    default ObjectKey key() {
        return place().key();
    }

    /** Where in the bucket something is that runs lie in. */
    sealed interface Place {

        /** The object that holds it. */
        ObjectKey key();
    }

    /** All of an object that holds nothing else. */
    record Stored(DataObject object) implements Place {

        @Override
        public ObjectKey key() {
            return object.key();
        }
    }

    /** In a manifest entry, from that byte of its object on. */
    record Inline(long sequence, int position) implements Place {

        public Inline {
            if (sequence < 1 || position < 0) {
                throw new IllegalArgumentException("not in an entry: byte " + position + " of "
                        + sequence);
            }
        }

        @Override
        public ObjectKey key() {
            return BucketLayout.logEntry(sequence);
        }
    }
}
