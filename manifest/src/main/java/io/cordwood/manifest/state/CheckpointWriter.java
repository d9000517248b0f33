package io.cordwood.manifest.state;

import com.google.protobuf.ByteString;
import io.cordwood.manifest.event.Compaction;
import io.cordwood.manifest.event.GroupCodec;
import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.event.NodeCodec;
import io.cordwood.manifest.event.ProtoCompactions;
import io.cordwood.manifest.event.ProtoConfigs;
import io.cordwood.manifest.event.ProtoIds;
import io.cordwood.manifest.event.ProtoTables;
import io.cordwood.manifest.proto.Checkpoint;
import io.cordwood.manifest.proto.NumberedNode;
import io.cordwood.manifest.proto.Partition;
import io.cordwood.manifest.proto.Producer;
import io.cordwood.manifest.proto.ScopedConfigs;
import io.cordwood.manifest.proto.Topic;
import io.cordwood.manifest.proto.Transaction;
import io.cordwood.manifest.proto.TransactionPhase;
import io.cordwood.manifest.proto.Wal;
import java.util.UUID;

/** Turns a state into a checkpoint: topics by name, segments in the order in which they turn up. */
final class CheckpointWriter {

    private final Checkpoint.Builder checkpoint = Checkpoint.newBuilder();
    private final HomeNumbers homes = new HomeNumbers();

    private CheckpointWriter() {}

    static Checkpoint write(ManifestState state) {
        CheckpointWriter writer = new CheckpointWriter();
        writer.addPosition(state.position());
        writer.addProducerIds(state.producerIds());
        state.topics().forEach(writer::addTopic);
        state.transactions().all().forEach(
                transaction -> writer.checkpoint.addTransactions(transaction(transaction)));
        state.wals().forEach(wal -> writer.checkpoint.addWals(wal(wal._1, wal._2)));
        writer.addNodes(state.nodes());
        state.groupShards().forEach(shard -> writer.checkpoint.addGroupShards(
                groupShard(shard._1, shard._2)));
        state.configs().forEach((scope, configs) -> writer.checkpoint.addConfigs(ScopedConfigs
                .newBuilder().setScope(ProtoConfigs.toProto(scope))
                .addAllConfigs(ProtoConfigs.toProto(configs))));
        state.references().garbage().forEach(
                object -> writer.checkpoint.addGarbage(ProtoIds.toBytes(object)));
        writer.checkpoint.setUploadsExpiredBefore(state.references().uploadsExpiredBefore());
        return writer.checkpoint.addAllSegments(writer.homes.toProto()).build();
    }

    private void addPosition(LogPosition position) {
        checkpoint.setSequence(position.sequence())
                .setEpoch(position.epoch())
                .setCommitter(ProtoIds.toBytes(position.committer()))
                .setCommitterAddress(position.address())
                .setNonce(ProtoIds.toBytes(position.nonce()));
    }

    private void addProducerIds(ProducerIds ids) {
        checkpoint.setNextProducerId(ids.next()).setForgottenProducerIdsEnd(ids.forgottenEnd());
    }

    /** As it ever was where nobody has taken it. */
    private static Wal wal(UUID id, WalState state) {
        Wal.Builder proto = Wal.newBuilder().setId(ProtoIds.toBytes(id))
                .setNumber(state.number());
        if (!state.owner().equals(WalState.NOBODY)) {
            proto.setOwner(ProtoIds.toBytes(state.owner()))
                    .setTakenSequence(state.takenSequence());
        }
        return proto.build();
    }

    private void addNodes(Nodes nodes) {
        nodes.all().forEach(node -> {
            NumberedNode.Builder proto = NumberedNode.newBuilder().setNumber(node.number())
                    .setName(node.name()).setJoinedSequence(node.joinedSequence());
            node.member().ifPresent(member -> proto.setNode(NodeCodec.toProto(member)));
            checkpoint.addNodes(proto);
        });
        if (nodes.nextNumber() > Nodes.NONE.nextNumber()) {
            checkpoint.setNextNodeNumber(nodes.nextNumber());
        }
    }

    private void addTopic(TopicState topic) {
        ByteString id = ProtoIds.toBytes(topic.id());
        Topic.Builder proto = Topic.newBuilder().setId(id).setName(topic.name().value())
                .addAllConfigs(ProtoConfigs.toProto(topic.configs()));
        for (int i = 0; i < topic.partitionCount(); i++) {
            proto.addPartitions(partition(topic.partition(i)));
        }
        topic.table().ifPresent(version -> proto.setTable(ProtoTables.toProto(version)));
        checkpoint.addTopics(proto);
    }

    private Partition partition(PartitionState state) {
        Partition.Builder proto = Partition.newBuilder()
                .setStartOffset(state.startOffset())
                .setNextOffset(state.nextOffset())
                .setFirstBaseOffset(state.runCount() == 0
                        ? state.nextOffset()
                        : state.run(0).baseOffset());
        for (Run run : state.runs()) {
            proto.addSegment(homes.of(run.home()))
                    .addPosition(run.position())
                    .addLength(run.length())
                    .addOffsets(run.offsets())
                    .addMaxTimestampMillis(run.maxTimestampMillis());
        }
        state.producers().forEach(producer -> proto
                .addProducers(producer(producer._1, producer._2)));
        state.transactions().open().forEach((offset, producer) -> proto
                .addOpenProducerId(producer).addOpenOffset(offset));
        state.transactions().aborted().forEach(aborted -> proto
                .addAbortedProducerId(aborted.producerId())
                .addAbortedFirstOffset(aborted.firstOffset())
                .addAbortedLastOffset(aborted.lastOffset()));
        if (!state.compaction().equals(Compaction.NONE)) {
            proto.setCompaction(ProtoCompactions.toProto(state.compaction()));
        }
        return proto.build();
    }

    private static Transaction transaction(TransactionState state) {
        Transaction.Builder proto = Transaction.newBuilder()
                .setTransactionalId(state.id().value())
                .setProducerId(state.producer().id())
                .setProducerEpoch(state.producer().epoch())
                .setTimeoutMillis(state.timeoutMillis())
                .setPhase(phase(state.phase()))
                .setSinceMillis(state.since().millis()).setSinceSequence(state.since().sequence());
        state.instances().previous().ifPresent(previous -> proto
                .setPreviousProducerId(previous.id())
                .setPreviousProducerEpoch(previous.epoch()));
        proto.addAllGroupShards(GroupCodec.numbers(state.groupShards()));
        state.members().forEach(
                partition -> proto.addPartitions(ProtoIds.toProto(partition)));
        return proto.build();
    }

    private static io.cordwood.manifest.proto.GroupShard groupShard(GroupShard shard,
            GroupShardState state) {
        var proto = io.cordwood.manifest.proto.GroupShard.newBuilder()
                .setNumber(shard.number())
                .setEpoch(state.ownership().epoch())
                .setOwner(ProtoIds.toBytes(state.ownership().owner()))
                .setWrites(state.ownership().writes());
        state.records().forEach(record -> proto.addRecords(groupRecord(record)));
        return proto.build();
    }

    private static io.cordwood.manifest.proto.WrittenGroupRecord groupRecord(
            WrittenGroupRecord written) {
        var proto = io.cordwood.manifest.proto.WrittenGroupRecord.newBuilder()
                .setRecord(GroupCodec.toProto(written.record()));
        written.transaction().ifPresent(producer -> proto.setProducerId(producer.id())
                .setProducerEpoch(producer.epoch()));
        return proto.build();
    }

    private static TransactionPhase phase(TransactionState.Phase phase) {
        return switch (phase) {
            case EMPTY -> TransactionPhase.TRANSACTION_PHASE_EMPTY;
            case ONGOING -> TransactionPhase.TRANSACTION_PHASE_ONGOING;
            case COMMITTED -> TransactionPhase.TRANSACTION_PHASE_COMMITTED;
            case ABORTED -> TransactionPhase.TRANSACTION_PHASE_ABORTED;
        };
    }

    private static Producer producer(long id, ProducerState state) {
        Producer.Builder proto = Producer.newBuilder().setId(id).setEpoch(state.epoch())
                .setLastMillis(state.lastMillis());
        state.recent().forEach(batch -> proto.addFirstSequence(batch.firstSequence())
                .addRecords(batch.records())
                .addBaseOffset(batch.baseOffset()));
        return proto.build();
    }
}
