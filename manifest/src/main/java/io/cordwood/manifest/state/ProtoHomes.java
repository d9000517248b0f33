package io.cordwood.manifest.state;

import io.cordwood.manifest.event.ProtoHistory;
import io.cordwood.manifest.event.ProtoIds;
import io.cordwood.manifest.proto.InlinePlace;
import io.cordwood.manifest.proto.Segment;
import io.cordwood.store.object.ByteRange;

/** Turns what runs lie in into Protocol Buffers, as checkpoints spell it, and back. */
public final class ProtoHomes {

    private ProtoHomes() {}

    static Segment toProto(Home home) {
        return switch (home) {
            case SegmentRef segment -> toProto(segment);
            case HistoryRef history -> ProtoHistory.toProto(history.file());
        };
    }

    private static Segment toProto(SegmentRef segment) {
        Segment.Builder proto = Segment.newBuilder()
                .setIndexPosition(segment.index().position())
                .setIndexLength(segment.index().length())
                .setTier(segment.tier() == Tier.WAL
                        ? io.cordwood.manifest.proto.Tier.TIER_WAL
                        : io.cordwood.manifest.proto.Tier.TIER_LOG);
        return switch (segment.place()) {
            case Home.Stored stored -> proto.setId(ProtoIds.toBytes(stored.object().id())).build();
            case Home.Inline inline -> proto.setInline(InlinePlace.newBuilder()
                    .setSequence(inline.sequence()).setPosition(inline.position())).build();
        };
    }

    /** Throws {@link IllegalArgumentException} for what no run can lie in. */
    public static Home fromProto(Segment proto) {
        ByteRange index = new ByteRange(proto.getIndexPosition(), proto.getIndexLength());
        return switch (proto.getPlaceCase()) {
            case ID -> SegmentRef.stored(ProtoIds.fromBytes(proto.getId()), index,
                    segmentTier(proto.getTier()));
            case INLINE -> new SegmentRef(new Home.Inline(proto.getInline().getSequence(),
                    proto.getInline().getPosition()), index, segmentTier(proto.getTier()));
            case HISTORY -> new HistoryRef(ProtoHistory.fromProto(proto));
            case INLINE_POSITION, PLACE_NOT_SET -> throw new IllegalArgumentException(
                    "it is not said where a segment is");
        };
    }

    private static Tier segmentTier(io.cordwood.manifest.proto.Tier proto) {
        return switch (proto) {
            case TIER_WAL -> Tier.WAL;
            case TIER_LOG -> Tier.LOG;
            case TIER_HISTORY, UNRECOGNIZED -> throw new IllegalArgumentException(
                    "a segment is of a tier that is not known here");
        };
    }
}
