package io.cordwood.manifest.state;

import io.cordwood.store.layout.DataObject;
import io.cordwood.store.object.ByteRange;
import java.util.UUID;

/**
 * A committed segment: where its bytes are and where its index is.
 *
 * @param index where the index lies in the segment
 */
public record SegmentRef(Place place, ByteRange index, Tier tier) implements Home {

    /** A segment that is an object of its own. */
    public static SegmentRef stored(UUID id, ByteRange index, Tier tier) {
        return new SegmentRef(new Stored(new DataObject.Segment(id)), index, tier);
    }

    /** A stretch of the segment as a range of the object that holds it. */
    public ByteRange range(long position, int length) {
        return switch (place) {
            case Stored stored -> new ByteRange(position, length);
            case Inline inline -> new ByteRange(inline.position() + position, length);
        };
    }
}
