package io.cordwood.manifest.event;

import io.cordwood.manifest.proto.Run;
import io.cordwood.store.batch.ProducerSequence;
import io.cordwood.store.batch.ProducerSequence.Membership;
import io.cordwood.store.segment.PartitionId;

/** Turns runs that become part of their partitions into Protocol Buffers and back. */
public final class ProtoRuns {

    private ProtoRuns() {}

    public static Run toProto(CommittedRun run) {
        Run.Builder proto = Run.newBuilder();
        run.batches().forEach(batch -> proto.addBatches(toProto(batch)));
        return proto
                .setTopic(ProtoIds.toBytes(run.partition().topic()))
                .setPartition(run.partition().partition())
                .setPosition(run.position())
                .setLength(run.length())
                .setOffsets(run.offsets())
                .setMaxTimestampMillis(run.maxTimestampMillis())
                .build();
    }

    /** Throws {@link IllegalArgumentException} for what is none. */
    public static CommittedRun fromProto(Run proto) {
        return new CommittedRun(
                new PartitionId(ProtoIds.fromBytes(proto.getTopic()), proto.getPartition()),
                proto.getPosition(), proto.getLength(), proto.getOffsets(),
                proto.getMaxTimestampMillis(),
                proto.getBatchesList().stream().map(ProtoRuns::fromProto).toList());
    }

    static io.cordwood.manifest.proto.MergedRun toProto(MergedRun merged) {
        return io.cordwood.manifest.proto.MergedRun.newBuilder()
                .setBaseOffset(merged.baseOffset()).setRun(toProto(merged.run())).build();
    }

    static MergedRun fromProto(io.cordwood.manifest.proto.MergedRun proto) {
        return new MergedRun(proto.getBaseOffset(), fromProto(proto.getRun()));
    }

    private static io.cordwood.manifest.proto.ProducedBatch toProto(ProducedBatch batch) {
        return io.cordwood.manifest.proto.ProducedBatch.newBuilder()
                .setProducerId(batch.producer().producerId())
                .setProducerEpoch(batch.producer().producerEpoch())
                .setFirstSequence(batch.producer().firstSequence())
                .setTransactional(batch.producer().transactional())
                .setOffsetDelta(batch.offsetDelta())
                .setRecords(batch.records())
                .build();
    }

    private static ProducedBatch fromProto(io.cordwood.manifest.proto.ProducedBatch proto) {
        return new ProducedBatch(new ProducerSequence(proto.getProducerId(),
                ProtoIds.epoch(proto.getProducerEpoch()), proto.getFirstSequence(),
                proto.getTransactional() ? Membership.MEMBER : Membership.NONE),
                proto.getOffsetDelta(), proto.getRecords());
    }
}
