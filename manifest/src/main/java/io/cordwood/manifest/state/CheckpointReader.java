package io.cordwood.manifest.state;

import io.cordwood.manifest.event.ProtoIds;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.proto.Checkpoint;
import io.cordwood.manifest.proto.Partition;
import io.cordwood.manifest.proto.Segment;
import io.cordwood.manifest.proto.Topic;
import io.cordwood.manifest.proto.Wal;
import io.cordwood.store.object.ByteRange;
import io.vavr.collection.HashMap;
import io.vavr.collection.TreeMap;
import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.List;

/** Turns a checkpoint into the state it was made of. */
final class CheckpointReader {

    private final List<SegmentRef> segments = new ArrayList<>();

    private CheckpointReader() {}

    static ManifestState read(Checkpoint checkpoint) {
        CheckpointReader reader = new CheckpointReader();
        checkpoint.getSegmentsList().forEach(segment -> reader.segments.add(segment(segment)));
        LogPosition position = new LogPosition(checkpoint.getSequence(),
                ProtoIds.fromBytes(checkpoint.getNonce()), checkpoint.getEpoch(),
                ProtoIds.fromBytes(checkpoint.getCommitter()), checkpoint.getCommitterAddress());
        ManifestState state = new ManifestState(position, HashMap.empty(), TreeMap.empty(),
                HashMap.empty());
        for (Topic topic : checkpoint.getTopicsList()) {
            state = state.withTopic(reader.topic(topic));
        }
        for (Wal wal : checkpoint.getWalsList()) {
            state = state.withWalNumber(ProtoIds.fromBytes(wal.getId()), wal.getNumber());
        }
        return state;
    }

    private TopicState topic(Topic topic) {
        return new TopicState(ProtoIds.fromBytes(topic.getId()), new TopicName(topic.getName()),
                Vector.ofAll(topic.getPartitionsList()).map(this::partition));
    }

    private PartitionState partition(Partition proto) {
        List<Run> runs = new ArrayList<>(proto.getSegmentCount());
        long baseOffset = proto.getFirstBaseOffset();
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < proto.getSegmentCount(); i++) {
            latest = Math.max(latest, proto.getMaxTimestampMillis(i));
            Run run = new Run(segments.get(proto.getSegment(i)), proto.getPosition(i),
                    proto.getLength(i), baseOffset, proto.getOffsets(i),
                    proto.getMaxTimestampMillis(i), latest);
            runs.add(run);
            baseOffset = run.endOffset();
        }
        if (baseOffset != proto.getNextOffset()) {
            throw new IllegalArgumentException("runs end at " + baseOffset + ", the partition at "
                    + proto.getNextOffset());
        }
        return new PartitionState(proto.getStartOffset(), proto.getNextOffset(),
                Vector.ofAll(runs));
    }

    private static SegmentRef segment(Segment proto) {
        ByteRange index = new ByteRange(proto.getIndexPosition(), proto.getIndexLength());
        return switch (proto.getPlaceCase()) {
            case ID -> new SegmentRef(new SegmentRef.Stored(ProtoIds.fromBytes(proto.getId())),
                    index);
            case INLINE -> new SegmentRef(new SegmentRef.Inline(proto.getInline().getSequence(),
                    proto.getInline().getPosition()), index);
            case INLINE_POSITION, PLACE_NOT_SET -> throw new IllegalArgumentException(
                    "a checkpoint says where its segments are");
        };
    }
}
