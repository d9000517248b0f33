package io.cordwood.manifest.state;

import io.cordwood.manifest.event.Compaction;
import io.cordwood.manifest.event.ConfigScope;
import io.cordwood.manifest.event.Configs;
import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.event.TableVersion;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.store.batch.AbortedTransaction;
import io.cordwood.store.layout.DataObject;
import io.vavr.Tuple2;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** Everything that a state says, as a value that can be compared. */
record StateView(LogPosition position, List<Topic> topics, List<Tuple2<UUID, WalState>> wals,
        ProducerIds producerIds, List<TransactionState> transactions, List<Shard> shards,
        List<Tuple2<ConfigScope, Configs>> configs, Referred references,
        List<Nodes.Node> nodes, int nextNodeNumber) {

    record Referred(int count, int unmerged, OptionalLong firstEntry, List<DataObject> garbage,
            long uploadsExpiredBefore) {

        static Referred of(References references) {
            List<DataObject> garbage = new ArrayList<>();
            references.garbage().forEach(garbage::add);
            return new Referred(references.count(), references.unmerged(),
                    references.firstEntry(), garbage, references.uploadsExpiredBefore());
        }
    }

    record Shard(GroupShard number, GroupShardState.Ownership ownership,
            List<WrittenGroupRecord> records) {}

    record Topic(UUID id, TopicName name, Configs configs, List<Partition> partitions,
            Optional<TableVersion> table) {}

    record Partition(long startOffset, long nextOffset, List<Run> runs,
            List<Tuple2<Long, ProducerState>> producers, List<Tuple2<Long, Long>> open,
            List<AbortedTransaction> aborted, Compaction compaction) {}

    static StateView of(ManifestState state) {
        List<Topic> topics = new ArrayList<>();
        state.topics().forEach(topic -> topics.add(of(topic)));
        List<Tuple2<UUID, WalState>> wals = new ArrayList<>();
        state.wals().forEach(wals::add);
        List<Tuple2<ConfigScope, Configs>> configs = new ArrayList<>();
        state.configs().forEach((scope, its) -> configs.add(new Tuple2<>(scope, its)));
        return new StateView(state.position(), topics, wals, state.producerIds(),
                transactions(state), shards(state), configs, Referred.of(state.references()),
                state.nodes().all(), state.nodes().nextNumber());
    }

    /** The same at another place of the log. */
    StateView at(LogPosition other) {
        return new StateView(other, topics, wals, producerIds, transactions, shards, configs,
                references, nodes, nextNodeNumber);
    }

    private static List<Shard> shards(ManifestState state) {
        List<Shard> shards = new ArrayList<>();
        state.groupShards().forEach(shard -> shards.add(new Shard(shard._1,
                shard._2.ownership(), shard._2.records())));
        return shards;
    }

    private static List<TransactionState> transactions(ManifestState state) {
        List<TransactionState> transactions = new ArrayList<>();
        state.transactions().all().forEach(transactions::add);
        return transactions;
    }

    private static Topic of(TopicState topic) {
        List<Partition> partitions = new ArrayList<>();
        for (int i = 0; i < topic.partitionCount(); i++) {
            PartitionState partition = topic.partition(i);
            List<Run> runs = new ArrayList<>();
            partition.runs().forEach(runs::add);
            List<Tuple2<Long, ProducerState>> producers = new ArrayList<>();
            partition.producers().forEach(producers::add);
            partitions.add(new Partition(partition.startOffset(), partition.nextOffset(), runs,
                    producers, partition.transactions().open().toJavaList(),
                    partition.transactions().aborted().asJava(), partition.compaction()));
        }
        return new Topic(topic.id(), topic.name(), topic.configs(), partitions,
                topic.table());
    }
}
