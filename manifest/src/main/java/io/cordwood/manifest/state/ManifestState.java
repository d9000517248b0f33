package io.cordwood.manifest.state;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.store.segment.PartitionId;
import io.vavr.Tuple2;
import io.vavr.collection.HashMap;
import io.vavr.collection.TreeMap;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Everything that is true after an entry of the log. */
public final class ManifestState {

    /** Before the first entry. */
    public static final ManifestState EMPTY = new ManifestState(LogPosition.START, HashMap.empty(),
            TreeMap.empty(), HashMap.empty(), ProducerIds.NONE, Transactions.NONE);

    private final LogPosition position;
    private final HashMap<UUID, TopicState> topics;
    private final TreeMap<TopicName, UUID> topicIds;
    private final HashMap<UUID, Long> walNumbers;
    private final ProducerIds producerIds;
    private final Transactions transactions;

    ManifestState(LogPosition position, HashMap<UUID, TopicState> topics,
            TreeMap<TopicName, UUID> topicIds, HashMap<UUID, Long> walNumbers,
            ProducerIds producerIds, Transactions transactions) {
        this.position = position;
        this.topics = topics;
        this.topicIds = topicIds;
        this.walNumbers = walNumbers;
        this.producerIds = producerIds;
        this.transactions = transactions;
    }

    /** How far the log was applied. */
    public LogPosition position() {
        return position;
    }

    /** The number of the last entry in this state. */
    public long sequence() {
        return position.sequence();
    }

    public Optional<TopicState> topic(UUID id) {
        return topics.get(id).toJavaOptional();
    }

    public Optional<TopicState> topic(TopicName name) {
        return topicIds.get(name).flatMap(topics::get).toJavaOptional();
    }

    /** All topics, by name. */
    public Iterable<TopicState> topics() {
        return topicIds.values().map(id -> topics.get(id).get());
    }

    public Optional<PartitionState> partition(PartitionId id) {
        return topic(id.topic()).filter(topic -> id.partition() < topic.partitionCount())
                .map(topic -> topic.partition(id.partition()));
    }

    /** The number of the last segment committed of a local WAL; 0 if none was. */
    public long walNumber(UUID wal) {
        return walNumbers.getOrElse(wal, 0L);
    }

    /** All local WALs that ever committed, with the number of their last segment. */
    Iterable<Tuple2<UUID, Long>> wals() {
        return walNumbers.toSortedSet(Comparator.comparing(wal -> wal._1));
    }

    /** Which producer ids there are. */
    public ProducerIds producerIds() {
        return producerIds;
    }

    /** The transactions of all transactional ids. */
    public Transactions transactions() {
        return transactions;
    }

    ManifestState withTransaction(TransactionState transaction) {
        return new ManifestState(position, topics, topicIds, walNumbers, producerIds,
                transactions.with(transaction));
    }

    ManifestState forgetTransactionalIds(long beforeMillis) {
        return new ManifestState(position, topics, topicIds, walNumbers, producerIds,
                transactions.forgetUnusedSince(beforeMillis));
    }

    /** The end of the ids of producers that some partition has not heard of since a time. */
    public long silentProducersEnd(long beforeMillis) {
        long end = 0;
        for (TopicState topic : topics.values()) {
            for (int i = 0; i < topic.partitionCount(); i++) {
                end = Math.max(end, topic.partition(i).silentProducersEnd(beforeMillis));
            }
        }
        return end;
    }

    ManifestState with(LogPosition next) {
        return new ManifestState(next, topics, topicIds, walNumbers, producerIds,
                transactions);
    }

    ManifestState withTopic(TopicState topic) {
        return new ManifestState(position, topics.put(topic.id(), topic),
                topicIds.put(topic.name(), topic.id()), walNumbers, producerIds,
                transactions);
    }

    ManifestState withoutTopic(TopicState topic) {
        return new ManifestState(position, topics.remove(topic.id()), topicIds.remove(topic.name()),
                walNumbers, producerIds,
                transactions);
    }

    ManifestState withPartition(PartitionId id, UnaryOperator<PartitionState> change) {
        TopicState changed = topics.get(id.topic()).get().update(id.partition(), change);
        return new ManifestState(position, topics.put(id.topic(), changed), topicIds, walNumbers,
                producerIds, transactions);
    }

    ManifestState withProducerIds(ProducerIds ids) {
        return new ManifestState(position, topics, topicIds, walNumbers, ids, transactions);
    }

    ManifestState forgetProducers(long beforeMillis) {
        HashMap<UUID, TopicState> kept = topics.mapValues(topic -> topic
                .updateAll(partition -> partition.forgetProducers(beforeMillis)));
        return new ManifestState(position, kept, topicIds, walNumbers,
                producerIds.forgetBelow(silentProducersEnd(beforeMillis)), transactions);
    }

    ManifestState withWalNumber(UUID wal, long number) {
        return new ManifestState(position, topics, topicIds, walNumbers.put(wal, number),
                producerIds, transactions);
    }
}
