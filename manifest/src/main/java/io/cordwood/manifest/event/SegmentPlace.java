package io.cordwood.manifest.event;

import io.cordwood.store.object.ByteRange;
import java.util.UUID;

/** Where the bytes of a committed segment are, as its entry says it. */
public sealed interface SegmentPlace {

    /** An object of its own, its index at the given range. */
    record Stored(UUID id, ByteRange index) implements SegmentPlace {}

    /**
     * In the entry itself.
     *
     * @param position where the segment begins in the entry's inline part
     * @param index where the index lies in the segment
     */
    record Inline(int position, ByteRange index) implements SegmentPlace {

        public Inline {
            if (position < 0) {
                throw new IllegalArgumentException("an inline segment begins in its entry");
            }
        }
    }

    /** Nowhere: nothing of the segment was left to commit. */
    record Nowhere() implements SegmentPlace {}
}
