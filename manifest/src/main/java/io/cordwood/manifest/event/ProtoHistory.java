package io.cordwood.manifest.event;

import io.cordwood.manifest.proto.HistoryFile;
import io.cordwood.manifest.proto.Segment;
import io.cordwood.manifest.proto.Tier;
import io.cordwood.store.object.ByteRange;

/** Turns history files into Protocol Buffers, in which they stand among the segments, and back. */
public final class ProtoHistory {

    private ProtoHistory() {}

    public static Segment toProto(HistoryPlace file) {
        return Segment.newBuilder()
                .setIndexPosition(file.tail().position())
                .setIndexLength(file.tail().length())
                .setTier(Tier.TIER_HISTORY)
                .setHistory(HistoryFile.newBuilder()
                        .setTopic(ProtoIds.toBytes(file.topic()))
                        .setId(ProtoIds.toBytes(file.id()))
                        .setTailCrc(file.tailCrc())
                        .setRecords(file.records())
                        .setMinTimestampMillis(file.minTimestampMillis()))
                .build();
    }

    /**
     * The file that stands there.
     *
     * @throws IllegalArgumentException when a segment does, or nothing that can be
     */
    public static HistoryPlace fromProto(Segment proto) {
        if (!proto.hasHistory()) {
            throw new IllegalArgumentException("converted runs are in a history file");
        }
        HistoryFile file = proto.getHistory();
        return new HistoryPlace(ProtoIds.fromBytes(file.getTopic()),
                ProtoIds.fromBytes(file.getId()),
                new ByteRange(proto.getIndexPosition(), proto.getIndexLength()),
                file.getTailCrc(), file.getRecords(), file.getMinTimestampMillis());
    }
}
