package io.cordwood.manifest.state;

import io.cordwood.manifest.event.TopicName;
import io.vavr.Tuple2;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Everything that a state says, as a value that can be compared. */
record StateView(LogPosition position, List<Topic> topics, List<Tuple2<UUID, Long>> wals,
        ProducerIds producerIds, List<TransactionState> transactions) {

    record Topic(UUID id, TopicName name, List<Partition> partitions) {}

    record Partition(long startOffset, long nextOffset, List<Run> runs,
            List<Tuple2<Long, ProducerState>> producers, List<Tuple2<Long, Long>> open,
            List<AbortedTransaction> aborted) {}

    static StateView of(ManifestState state) {
        List<Topic> topics = new ArrayList<>();
        state.topics().forEach(topic -> topics.add(of(topic)));
        List<Tuple2<UUID, Long>> wals = new ArrayList<>();
        state.wals().forEach(wals::add);
        return new StateView(state.position(), topics, wals, state.producerIds(),
                transactions(state));
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
                    partition.transactions().aborted().asJava()));
        }
        return new Topic(topic.id(), topic.name(), partitions);
    }
}
