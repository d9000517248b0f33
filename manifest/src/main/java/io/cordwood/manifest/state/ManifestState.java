package io.cordwood.manifest.state;

import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.segment.PartitionId;
import io.vavr.Tuple2;
import io.vavr.collection.HashMap;
import io.vavr.collection.TreeMap;
import java.util.Comparator;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** Everything that is true after an entry of the log. */
public final class ManifestState {

    /** Before the first entry. */
    public static final ManifestState EMPTY = new ManifestState(new Draft());

    private final LogPosition position;
    private final HashMap<UUID, TopicState> topics;
    private final TreeMap<TopicName, UUID> topicIds;
    private final HashMap<UUID, WalState> wals;
    private final ProducerIds producerIds;
    private final Transactions transactions;
    private final TreeMap<GroupShard, GroupShardState> groupShards;
    private final ResourceConfigs configs;
    private final References references;
    private final Nodes nodes;

    private ManifestState(Draft draft) {
        this.position = draft.position;
        this.topics = draft.topics;
        this.topicIds = draft.topicIds;
        this.wals = draft.wals;
        this.producerIds = draft.producerIds;
        this.transactions = draft.transactions;
        this.groupShards = draft.groupShards;
        this.configs = draft.configs;
        this.references = draft.references;
        this.nodes = draft.nodes;
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

    /** The same, as if there were some of the topics only: for whoever looks at these alone. */
    public ManifestState ofTopics(Predicate<UUID> some) {
        return change(next -> {
            next.topics = topics.filterKeys(some);
            next.topicIds = topicIds.filterValues(some);
        });
    }

    public Optional<PartitionState> partition(PartitionId id) {
        return topic(id.topic()).filter(topic -> id.partition() < topic.partitionCount())
                .map(topic -> topic.partition(id.partition()));
    }

    /** The number of the last segment committed of a local WAL; 0 if none was. */
    public long walNumber(UUID wal) {
        return wal(wal).number();
    }

    /** A local WAL; that of nobody if it was never taken. */
    public WalState wal(UUID wal) {
        return wals.getOrElse(wal, WalState.NEW);
    }

    /** All local WALs that were ever taken or committed from. */
    Iterable<Tuple2<UUID, WalState>> wals() {
        return wals.toSortedSet(Comparator.comparing(wal -> wal._1));
    }

    /** Which producer ids there are. */
    public ProducerIds producerIds() {
        return producerIds;
    }

    /** The transactions of all transactional ids. */
    public Transactions transactions() {
        return transactions;
    }

    /** A shard of the groups; that of nobody if it was never taken. */
    public GroupShardState groupShard(GroupShard shard) {
        return groupShards.getOrElse(shard, GroupShardState.NEW);
    }

    /** The shards that were ever taken, by number. */
    Iterable<Tuple2<GroupShard, GroupShardState>> groupShards() {
        return groupShards;
    }

    ManifestState withGroupShard(GroupShard shard, UnaryOperator<GroupShardState> change) {
        return change(next -> next.groupShards = groupShards.put(shard,
                change.apply(groupShard(shard))));
    }

    /** What a producer has pending in a shard is written or dropped, if there is anything. */
    ManifestState withPendingEnded(GroupShard shard, ProducerIdentity producer,
            boolean committed) {
        return groupShards.get(shard)
                .map(state -> change(next -> next.groupShards = groupShards.put(shard,
                        state.endTransaction(producer.id(), committed))))
                .getOrElse(this);
    }

    /** The settings of brokers and groups. */
    public ResourceConfigs configs() {
        return configs;
    }

    /** Which segments there are runs in. */
    public References references() {
        return references;
    }

    ManifestState withReferences(UnaryOperator<References> change) {
        return change(next -> next.references = change.apply(references));
    }

    ManifestState withConfigs(ResourceConfigs changed) {
        return change(next -> next.configs = changed);
    }

    ManifestState withTransaction(TransactionState transaction) {
        return change(next -> next.transactions = transactions.with(transaction));
    }

    ManifestState forgetTransactionalIds(long beforeMillis) {
        return change(
                next -> next.transactions = transactions.forgetUnusedSince(beforeMillis));
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

    ManifestState with(LogPosition position) {
        return change(next -> next.position = position);
    }

    ManifestState withTopic(TopicState topic) {
        return change(next -> {
            next.topics = topics.put(topic.id(), topic);
            next.topicIds = topicIds.put(topic.name(), topic.id());
        });
    }

    ManifestState withoutTopic(TopicState topic) {
        return change(next -> {
            next.topics = topics.remove(topic.id());
            next.topicIds = topicIds.remove(topic.name());
        });
    }

    ManifestState withPartition(PartitionId id, UnaryOperator<PartitionState> change) {
        TopicState changed = topics.get(id.topic()).get().update(id.partition(), change);
        return change(next -> next.topics = topics.put(id.topic(), changed));
    }

    ManifestState withProducerIds(ProducerIds ids) {
        return change(next -> next.producerIds = ids);
    }

    ManifestState forgetProducers(long beforeMillis) {
        ProducerIds ids = producerIds.forgetBelow(silentProducersEnd(beforeMillis));
        return change(next -> {
            next.topics = topics.mapValues(topic -> topic
                    .updateAll(partition -> partition.forgetProducers(beforeMillis)));
            next.producerIds = ids;
        });
    }

    ManifestState withWal(UUID wal, UnaryOperator<WalState> change) {
        return change(next -> next.wals = wals.put(wal, change.apply(wal(wal))));
    }

    /** The nodes that share the log. */
    public Nodes nodes() {
        return nodes;
    }

    ManifestState withNodes(UnaryOperator<Nodes> change) {
        return change(next -> next.nodes = change.apply(nodes));
    }

    private ManifestState change(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return new ManifestState(draft);
    }

    /** The next state while it is made up. */
    private static final class Draft {

        private LogPosition position = LogPosition.START;
        private HashMap<UUID, TopicState> topics = HashMap.empty();
        private TreeMap<TopicName, UUID> topicIds = TreeMap.empty();
        private HashMap<UUID, WalState> wals = HashMap.empty();
        private ProducerIds producerIds = ProducerIds.NONE;
        private Transactions transactions = Transactions.NONE;
        private TreeMap<GroupShard, GroupShardState> groupShards = TreeMap.empty();
        private ResourceConfigs configs = ResourceConfigs.NONE;
        private References references = References.NONE;
        private Nodes nodes = Nodes.NONE;

        Draft() {}

        Draft(ManifestState from) {
            this.position = from.position;
            this.topics = from.topics;
            this.topicIds = from.topicIds;
            this.wals = from.wals;
            this.producerIds = from.producerIds;
            this.transactions = from.transactions;
            this.groupShards = from.groupShards;
            this.configs = from.configs;
            this.references = from.references;
            this.nodes = from.nodes;
        }
    }
}
