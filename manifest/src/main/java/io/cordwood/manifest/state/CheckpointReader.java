package io.cordwood.manifest.state;

import com.google.protobuf.ByteString;
import io.cordwood.manifest.event.Compaction;
import io.cordwood.manifest.event.ConfigChange;
import io.cordwood.manifest.event.ConfigScope;
import io.cordwood.manifest.event.Configs;
import io.cordwood.manifest.event.GroupCodec;
import io.cordwood.manifest.event.GroupRecord;
import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.NodeCodec;
import io.cordwood.manifest.event.ProtoCompactions;
import io.cordwood.manifest.event.ProtoConfigs;
import io.cordwood.manifest.event.ProtoIds;
import io.cordwood.manifest.event.ProtoTables;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.manifest.proto.Checkpoint;
import io.cordwood.manifest.proto.NumberedNode;
import io.cordwood.manifest.proto.Partition;
import io.cordwood.manifest.proto.Producer;
import io.cordwood.manifest.proto.ScopedConfigs;
import io.cordwood.manifest.proto.Topic;
import io.cordwood.manifest.proto.Transaction;
import io.cordwood.manifest.proto.TransactionPhase;
import io.cordwood.manifest.proto.Wal;
import io.cordwood.store.batch.AbortedTransaction;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.layout.DataObject;
import io.vavr.collection.HashMap;
import io.vavr.collection.LinkedHashSet;
import io.vavr.collection.TreeMap;
import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/** Turns a checkpoint into the state it was made of. */
final class CheckpointReader {

    private final List<Home> homes = new ArrayList<>();

    private CheckpointReader() {}

    static ManifestState read(Checkpoint checkpoint) {
        CheckpointReader reader = new CheckpointReader();
        checkpoint.getSegmentsList().forEach(
                segment -> reader.homes.add(ProtoHomes.fromProto(segment)));
        LogPosition position = new LogPosition(checkpoint.getSequence(),
                ProtoIds.fromBytes(checkpoint.getNonce()), checkpoint.getEpoch(),
                ProtoIds.fromBytes(checkpoint.getCommitter()), checkpoint.getCommitterAddress());
        ManifestState state = ManifestState.EMPTY.with(position)
                .withProducerIds(new ProducerIds(checkpoint.getNextProducerId(),
                        checkpoint.getForgottenProducerIdsEnd()));
        for (Transaction transaction : checkpoint.getTransactionsList()) {
            state = with(state, transaction(transaction));
        }
        for (io.cordwood.manifest.proto.GroupShard shard : checkpoint.getGroupShardsList()) {
            state = with(state, shard);
        }
        for (Topic topic : checkpoint.getTopicsList()) {
            state = with(state, reader.topic(topic));
        }
        for (Wal wal : checkpoint.getWalsList()) {
            state = with(state, wal);
        }
        Nodes nodes = nodes(checkpoint);
        state = state.withNodes(none -> nodes);
        for (ScopedConfigs configs : checkpoint.getConfigsList()) {
            state = state.withConfigs(with(state.configs(), configs));
        }
        for (ByteString garbage : checkpoint.getGarbageList()) {
            DataObject object = ProtoIds.objectFromBytes(garbage);
            require(!state.references().isLive(object), "what has runs is no garbage");
            state = state.withReferences(references -> references.withGarbage(List.of(object)));
        }
        require(checkpoint.getUploadsExpiredBefore() >= 0, "entries are numbered from 1");
        return state.withReferences(references -> references
                .expireUploads(checkpoint.getUploadsExpiredBefore()));
    }

    private static ManifestState with(ManifestState state, TopicState topic) {
        require(state.topic(topic.id()).isEmpty() && state.topic(topic.name()).isEmpty(),
                "a topic is there twice: " + topic.name());
        return state.withTopic(topic).withReferences(references -> references.add(topic));
    }

    private static ManifestState with(ManifestState state, TransactionState transaction) {
        require(state.transactions().of(transaction.id()).isEmpty()
                && state.transactions().ofProducer(transaction.producer().id()).isEmpty(),
                "a transactional id and its producer are there once: " + transaction.id());
        return state.withTransaction(transaction);
    }

    private static ManifestState with(ManifestState state, Wal wal) {
        UUID id = ProtoIds.fromBytes(wal.getId());
        require(state.wal(id).equals(WalState.NEW), "a local WAL is there once: " + id);
        UUID owner = wal.getOwner().isEmpty()
                ? WalState.NOBODY
                : ProtoIds.fromBytes(wal.getOwner());
        WalState read = new WalState(owner, wal.getTakenSequence(), wal.getNumber());
        require(!read.equals(WalState.NEW), "nobody knows of a WAL without a segment: " + id);
        return state.withWal(id, unknown -> read);
    }

    private static Nodes nodes(Checkpoint checkpoint) {
        TreeMap<Integer, Nodes.Node> nodes = TreeMap.empty();
        for (NumberedNode node : checkpoint.getNodesList()) {
            require(!nodes.containsKey(node.getNumber())
                    && nodes.values().forAll(other -> !other.name().equals(node.getName())),
                    "a node has one number: " + node.getName());
            nodes = nodes.put(node.getNumber(), new Nodes.Node(node.getNumber(), node.getName(),
                    node.getJoinedSequence(), node.hasNode()
                            ? Optional.of(NodeCodec.fromProto(node.getNode()))
                            : Optional.empty()));
        }
        int next = Math.max(Nodes.NONE.nextNumber(), checkpoint.getNextNodeNumber());
        require(nodes.isEmpty() || nodes.last()._1 < next, "numbers of nodes are below the next");
        return new Nodes(nodes, next);
    }

    private static ResourceConfigs with(ResourceConfigs all, ScopedConfigs proto) {
        ConfigScope scope = ProtoConfigs.fromProto(proto.getScope());
        Configs configs = ProtoConfigs.fromProto(proto.getConfigsList());
        require(!configs.isEmpty() && all.of(scope).isEmpty(),
                "somebody's settings are there once: " + scope);
        return all.with(scope, new ConfigChange(configs, new TreeSet<>()));
    }

    private TopicState topic(Topic topic) {
        int partitions = topic.getPartitionsCount();
        require(partitions >= 1 && partitions <= TopicCreated.PARTITIONS_MAX,
                "a topic has " + partitions + " partitions");
        return new TopicState(ProtoIds.fromBytes(topic.getId()), new TopicName(topic.getName()),
                ProtoConfigs.fromProto(topic.getConfigsList()),
                Vector.ofAll(topic.getPartitionsList()).map(this::partition),
                topic.hasTable()
                        ? Optional.of(ProtoTables.fromProto(topic.getTable()))
                        : Optional.empty());
    }

    private PartitionState partition(Partition proto) {
        requireFullColumns(proto);
        List<Run> runs = new ArrayList<>(proto.getSegmentCount());
        long baseOffset = proto.getFirstBaseOffset();
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < proto.getSegmentCount(); i++) {
            latest = Math.max(latest, proto.getMaxTimestampMillis(i));
            Run run = new Run(homes.get(proto.getSegment(i)), proto.getPosition(i),
                    proto.getLength(i), baseOffset, proto.getOffsets(i),
                    proto.getMaxTimestampMillis(i), latest);
            runs.add(run);
            baseOffset = run.endOffset();
        }
        require(baseOffset == proto.getNextOffset(),
                "runs end at " + baseOffset + ", the partition at " + proto.getNextOffset());
        return new PartitionState(proto.getStartOffset(), proto.getNextOffset(),
                Runs.of(Vector.ofAll(runs)), producers(proto), transactions(proto),
                proto.hasCompaction()
                        ? ProtoCompactions.fromProto(proto.getCompaction())
                        : Compaction.NONE);
    }

    private static TransactionState transaction(Transaction proto) {
        Optional<ProducerIdentity> previous = proto.hasPreviousProducerId()
                ? Optional.of(ProtoIds.producer(proto.getPreviousProducerId(),
                        proto.getPreviousProducerEpoch()))
                : Optional.empty();
        return new TransactionState(new TransactionalId(proto.getTransactionalId()),
                new TransactionState.Instances(
                        ProtoIds.producer(proto.getProducerId(), proto.getProducerEpoch()),
                        previous),
                proto.getTimeoutMillis(), phase(proto.getPhase()),
                new TransactionState.Since(proto.getSinceSequence(), proto.getSinceMillis()),
                new Participants(
                        LinkedHashSet.ofAll(proto.getPartitionsList()).map(ProtoIds::fromProto),
                        LinkedHashSet.ofAll(GroupCodec.shards(proto.getGroupShardsList()))));
    }

    private static ManifestState with(ManifestState state,
            io.cordwood.manifest.proto.GroupShard proto) {
        GroupShard shard = new GroupShard(proto.getNumber());
        require(state.groupShard(shard).ownership().epoch() == 0 && proto.getEpoch() > 0,
                "a shard that was taken is there once: " + shard);
        GroupRecords records = GroupRecords.NONE;
        for (io.cordwood.manifest.proto.WrittenGroupRecord written : proto.getRecordsList()) {
            GroupRecord record = GroupCodec.fromProto(written.getRecord());
            records = written.hasProducerId()
                    ? records.write(record,
                            ProtoIds.producer(written.getProducerId(),
                                    written.getProducerEpoch()))
                    : records.write(record);
        }
        GroupShardState read = new GroupShardState(
                new GroupShardState.Ownership(proto.getEpoch(),
                        ProtoIds.fromBytes(proto.getOwner()), proto.getWrites()),
                records);
        return state.withGroupShard(shard, unknown -> read);
    }

    private static TransactionState.Phase phase(TransactionPhase proto) {
        return switch (proto) {
            case TRANSACTION_PHASE_EMPTY -> TransactionState.Phase.EMPTY;
            case TRANSACTION_PHASE_ONGOING -> TransactionState.Phase.ONGOING;
            case TRANSACTION_PHASE_COMMITTED -> TransactionState.Phase.COMMITTED;
            case TRANSACTION_PHASE_ABORTED -> TransactionState.Phase.ABORTED;
            case TRANSACTION_PHASE_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException(
                    "a transaction is in a phase that is not known here");
        };
    }

    private static PartitionTransactions transactions(Partition proto) {
        require(proto.getOpenProducerIdCount() == proto.getOpenOffsetCount()
                && proto.getAbortedProducerIdCount() == proto.getAbortedFirstOffsetCount()
                && proto.getAbortedProducerIdCount() == proto.getAbortedLastOffsetCount(),
                "the columns of a partition's transactions differ in length");
        PartitionTransactions transactions = PartitionTransactions.NONE;
        for (int i = 0; i < proto.getOpenOffsetCount(); i++) {
            transactions = transactions.include(proto.getOpenProducerId(i),
                    proto.getOpenOffset(i));
        }
        for (int i = 0; i < proto.getAbortedLastOffsetCount(); i++) {
            transactions = transactions.withAborted(
                    new AbortedTransaction(proto.getAbortedProducerId(i),
                            proto.getAbortedFirstOffset(i), proto.getAbortedLastOffset(i)));
        }
        return transactions;
    }

    private static HashMap<Long, ProducerState> producers(Partition proto) {
        HashMap<Long, ProducerState> producers = HashMap.empty();
        for (Producer producer : proto.getProducersList()) {
            require(producer.getId() >= 0 && !producers.containsKey(producer.getId()),
                    "a producer is there once: " + producer.getId());
            producers = producers.put(producer.getId(), producer(producer));
        }
        return producers;
    }

    private static ProducerState producer(Producer proto) {
        int count = proto.getFirstSequenceCount();
        require(proto.getRecordsCount() == count && proto.getBaseOffsetCount() == count,
                "the columns of a producer's batches differ in length");
        Vector<ProducerState.Recent> recent = Vector.empty();
        for (int i = 0; i < count; i++) {
            recent = recent.append(new ProducerState.Recent(proto.getFirstSequence(i),
                    proto.getRecords(i), proto.getBaseOffset(i)));
        }
        return new ProducerState(ProtoIds.epoch(proto.getEpoch()), recent, proto.getLastMillis());
    }

    private static void requireFullColumns(Partition proto) {
        int runs = proto.getSegmentCount();
        require(proto.getPositionCount() == runs && proto.getLengthCount() == runs
                && proto.getOffsetsCount() == runs && proto.getMaxTimestampMillisCount() == runs,
                "the columns of a partition's runs differ in length");
    }

    private static void require(boolean holds, String complaint) {
        if (!holds) {
            throw new IllegalArgumentException(complaint);
        }
    }
}
