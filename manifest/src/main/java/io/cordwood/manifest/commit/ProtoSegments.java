package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ProtoIds;
import io.cordwood.manifest.proto.BatchMembership;
import io.cordwood.manifest.proto.SealedSegment;
import io.cordwood.store.batch.ProducerSequence;
import io.cordwood.store.batch.ProducerSequence.Membership;
import io.cordwood.store.batch.TimestampRange;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.RunBatch;
import io.cordwood.store.segment.Segment;
import io.cordwood.store.segment.SegmentRun;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Turns segments that ingest has finished into Protocol Buffers and back, all but their bytes. */
final class ProtoSegments {

    private ProtoSegments() {}

    static SealedSegment toProto(Segment segment) {
        return toProto(segment.id(), segment.index(), segment.runs(), segment.batches());
    }

    static SealedSegment toProto(Cargo.Uploaded cargo) {
        return toProto(cargo.id(), cargo.index(), cargo.runs(), cargo.batches());
    }

    private static SealedSegment toProto(UUID id, ByteRange index, List<SegmentRun> runs,
            List<List<RunBatch>> batches) {
        SealedSegment.Builder proto = SealedSegment.newBuilder()
                .setId(ProtoIds.toBytes(id))
                .setIndexPosition(index.position())
                .setIndexLength(index.length());
        for (int i = 0; i < runs.size(); i++) {
            proto.addRuns(toProto(runs.get(i), batches.get(i)));
        }
        return proto.build();
    }

    private static io.cordwood.manifest.proto.SegmentRun toProto(SegmentRun run,
            List<RunBatch> batches) {
        var proto = io.cordwood.manifest.proto.SegmentRun.newBuilder()
                .setTopic(ProtoIds.toBytes(run.partition().topic()))
                .setPartition(run.partition().partition())
                .setPosition(run.position())
                .setLength(run.length())
                .setBatchCount(run.batches())
                .setBaseOffset(run.baseOffset())
                .setOffsets(run.offsets())
                .setMinTimestampMillis(run.timestamps().minMillis())
                .setMaxTimestampMillis(run.timestamps().maxMillis())
                .setCrc(run.crc());
        batches.forEach(batch -> proto.addBatches(toProto(batch)));
        return proto.build();
    }

    private static io.cordwood.manifest.proto.RunBatch toProto(RunBatch batch) {
        var proto = io.cordwood.manifest.proto.RunBatch.newBuilder()
                .setPosition(batch.position())
                .setLength(batch.length())
                .setOffsetDelta(batch.offsetDelta())
                .setRecords(batch.records())
                .setMaxTimestampMillis(batch.maxTimestampMillis());
        batch.producer().ifPresent(producer -> proto.setProducerId(producer.producerId())
                .setProducerEpoch(producer.producerEpoch())
                .setFirstSequence(producer.firstSequence())
                .setMembership(toProto(producer.transaction())));
        return proto.build();
    }

    private static BatchMembership toProto(Membership membership) {
        return switch (membership) {
            case NONE -> BatchMembership.BATCH_MEMBERSHIP_NONE;
            case MEMBER -> BatchMembership.BATCH_MEMBERSHIP_MEMBER;
            case JOINS -> BatchMembership.BATCH_MEMBERSHIP_JOINS;
        };
    }

    /** Throws {@link IllegalArgumentException} for what these bytes cannot be. */
    static Segment fromProto(SealedSegment proto, Bytes bytes) {
        return new Segment(ProtoIds.fromBytes(proto.getId()), bytes, index(proto), runs(proto),
                batches(proto));
    }

    /** Throws {@link IllegalArgumentException} for what no segment can be. */
    static Cargo.Uploaded uploadedFromProto(SealedSegment proto) {
        return new Cargo.Uploaded(ProtoIds.fromBytes(proto.getId()), index(proto), runs(proto),
                batches(proto));
    }

    private static ByteRange index(SealedSegment proto) {
        return new ByteRange(proto.getIndexPosition(), proto.getIndexLength());
    }

    private static List<SegmentRun> runs(SealedSegment proto) {
        return proto.getRunsList().stream().map(ProtoSegments::fromProto).toList();
    }

    private static List<List<RunBatch>> batches(SealedSegment proto) {
        return proto.getRunsList().stream().map(run -> run.getBatchesList().stream()
                .map(ProtoSegments::fromProto).toList()).toList();
    }

    private static SegmentRun fromProto(io.cordwood.manifest.proto.SegmentRun proto) {
        return new SegmentRun(
                new PartitionId(ProtoIds.fromBytes(proto.getTopic()), proto.getPartition()),
                proto.getPosition(), proto.getLength(), proto.getBatchCount(),
                proto.getBaseOffset(), proto.getOffsets(),
                new TimestampRange(proto.getMinTimestampMillis(), proto.getMaxTimestampMillis()),
                proto.getCrc());
    }

    private static RunBatch fromProto(io.cordwood.manifest.proto.RunBatch proto) {
        return new RunBatch(proto.getPosition(), proto.getLength(), proto.getOffsetDelta(),
                proto.getRecords(), proto.getMaxTimestampMillis(),
                proto.hasProducerId()
                        ? Optional.of(new ProducerSequence(proto.getProducerId(),
                                ProtoIds.epoch(proto.getProducerEpoch()),
                                proto.getFirstSequence(), membership(proto.getMembership())))
                        : Optional.empty());
    }

    private static Membership membership(BatchMembership proto) {
        return switch (proto) {
            case BATCH_MEMBERSHIP_NONE -> Membership.NONE;
            case BATCH_MEMBERSHIP_MEMBER -> Membership.MEMBER;
            case BATCH_MEMBERSHIP_JOINS -> Membership.JOINS;
            case UNRECOGNIZED -> throw new IllegalArgumentException(
                    "what a batch is to a transaction is not known here");
        };
    }
}
