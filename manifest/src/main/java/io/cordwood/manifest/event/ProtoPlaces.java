package io.cordwood.manifest.event;

import io.cordwood.manifest.proto.Segment;
import io.cordwood.store.object.ByteRange;
import java.util.Optional;

/** Turns the places of segments into Protocol Buffers, as events spell them, and back. */
public final class ProtoPlaces {

    private ProtoPlaces() {}

    public static Segment toProto(SegmentPlace.Stored stored) {
        return index(stored.index()).setId(ProtoIds.toBytes(stored.id())).build();
    }

    /** Empty for a segment that is nowhere. */
    static Optional<Segment> unlessNowhere(SegmentPlace place) {
        return switch (place) {
            case SegmentPlace.Stored stored -> Optional.of(toProto(stored));
            case SegmentPlace.Inline inline -> Optional.of(index(inline.index())
                    .setInlinePosition(inline.position()).build());
            case SegmentPlace.Nowhere() -> Optional.empty();
        };
    }

    private static Segment.Builder index(ByteRange index) {
        return Segment.newBuilder()
                .setIndexPosition(index.position())
                .setIndexLength(index.length());
    }

    /**
     * The object that a segment is.
     *
     * @throws IllegalArgumentException when it is none of its own
     */
    public static SegmentPlace.Stored storedFromProto(Segment proto) {
        if (!(fromProto(proto) instanceof SegmentPlace.Stored stored)) {
            throw new IllegalArgumentException("merged runs are in an object of their own");
        }
        return stored;
    }

    static SegmentPlace fromProto(Segment proto) {
        ByteRange index = new ByteRange(proto.getIndexPosition(), proto.getIndexLength());
        return switch (proto.getPlaceCase()) {
            case ID -> new SegmentPlace.Stored(ProtoIds.fromBytes(proto.getId()), index);
            case INLINE_POSITION -> new SegmentPlace.Inline(proto.getInlinePosition(), index);
            case INLINE, HISTORY, PLACE_NOT_SET -> throw new IllegalArgumentException(
                    "it is not said where a segment is");
        };
    }
}
