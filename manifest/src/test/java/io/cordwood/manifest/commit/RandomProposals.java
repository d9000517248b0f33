package io.cordwood.manifest.commit;

import io.cordwood.manifest.commit.EndTransaction.Succession;
import io.cordwood.manifest.event.ConfigScope;
import io.cordwood.manifest.event.Configs;
import io.cordwood.manifest.event.GroupRecord;
import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.event.ManifestEvent.ProducerIdsReserved;
import io.cordwood.manifest.event.NodeForge;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.manifest.state.GroupShardState;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.Nodes;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.manifest.state.TransactionState;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.segment.PartitionId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;

/** Proposals by chance: in the state that they are made for, many may become true. */
final class RandomProposals {

    private final Random random;
    private final RandomPlaces places;
    private final RandomCommits commits;
    private final RandomUpkeep upkeep;

    RandomProposals(Random random) {
        this.random = random;
        this.places = new RandomPlaces(random);
        this.commits = new RandomCommits(random, places);
        this.upkeep = new RandomUpkeep(random, places);
    }

    /** One of each kind, and a commit of each cargo. */
    List<Proposal<?>> ofEveryKind(ManifestState state) {
        return List.of(created(), new DeleteTopic(name()), grown(state), recordsDeleted(state),
                configsChanged(state), commits.uploaded(state), commits.enclosed(state),
                commits.nothing(state),
                new ReserveProducerIds(random.nextInt(1, ProducerIdsReserved.COUNT_MAX + 1)),
                new ForgetProducers(places.millis()),
                new ExpireUploads(random.nextLong(state.sequence() + 1)), initialized(state),
                new TakeWal(places.id(), places.id(), state.sequence()),
                new JoinCluster(NodeForge.node(random), state.sequence()),
                new LeaveCluster(left(state)),
                new ForgetTransactionalIds(places.millis()), joined(state), ended(state),
                new TakeGroupShard(shard(), places.id()), written(state), upkeep.merged(state),
                upkeep.converted(state), upkeep.compacted(state), upkeep.published(state),
                upkeep.collected(state));
    }

    private UUID left(ManifestState state) {
        List<Nodes.Node> serving = state.nodes().serving();
        return serving.isEmpty()
                ? places.id()
                : serving.getFirst().member().orElseThrow().process();
    }

    private CreateTopic created() {
        return new CreateTopic(places.id(),
                random.nextBoolean() ? name() : new TopicName("new-" + random.nextInt(9)),
                random.nextInt(1, 9), configs());
    }

    private AddPartitions grown(ManifestState state) {
        return places.topic(state)
                .map(topic -> new AddPartitions(topic.name(),
                        topic.partitionCount() + random.nextInt(-1, 5)))
                .orElseGet(() -> new AddPartitions(name(), random.nextInt()));
    }

    private DeleteRecords recordsDeleted(ManifestState state) {
        PartitionId partition = places.partition(state);
        long end = state.partition(partition).map(it -> it.nextOffset()).orElse(100L);
        return new DeleteRecords(partition, switch (random.nextInt(3)) {
            case 0 -> OptionalLong.empty();
            case 1 -> OptionalLong.of(random.nextLong());
            default -> OptionalLong.of(random.nextLong(end + 1));
        });
    }

    private ChangeConfigs configsChanged(ManifestState state) {
        ConfigScope scope = switch (random.nextInt(4)) {
            case 0 -> new ConfigScope.Topic(places.partition(state).topic());
            case 1 -> new ConfigScope.Broker(random.nextInt(3));
            case 2 -> new ConfigScope.Group("grüppe-" + random.nextInt(3));
            default -> new ConfigScope.AllBrokers();
        };
        Configs now = scope instanceof ConfigScope.Topic topic
                ? state.topic(topic.id()).map(TopicState::configs).orElse(Configs.NONE)
                : state.configs().of(scope);
        return new ChangeConfigs(scope, random.nextInt(4) == 0 ? configs() : now, configs());
    }

    private InitTransactionalId initialized(ManifestState state) {
        TransactionalId id = random.nextBoolean()
                ? transactionalId()
                : new TransactionalId("neu-€-" + random.nextInt(9));
        return new InitTransactionalId(id, random.nextInt(1, Integer.MAX_VALUE),
                random.nextBoolean() ? Optional.empty() : Optional.of(producer(state, id)),
                1_000L + random.nextLong(Long.MAX_VALUE - 1_000));
    }

    private JoinTransaction joined(ManifestState state) {
        TransactionalId id = transactionalId();
        return new JoinTransaction(id, producer(state, id),
                List.of(places.partition(state), places.partition(state)),
                random.nextBoolean() ? List.of() : List.of(shard(), shard()));
    }

    private EndTransaction ended(ManifestState state) {
        TransactionalId id = transactionalId();
        return new EndTransaction(id, producer(state, id), random.nextBoolean(),
                random.nextBoolean()
                        ? new Succession.Same()
                        : new Succession.Later(random.nextLong(Long.MAX_VALUE)),
                new EndTransaction.End(places.id(), random.nextLong(1L << 41),
                        random.nextInt(20) == 0
                                ? random.nextLong(state.sequence() + 1)
                                : state.sequence()));
    }

    private WriteGroupRecords written(ManifestState state) {
        GroupShard shard = new GroupShard(random.nextInt(3));
        GroupShardState.Ownership ownership = state.groupShard(shard).ownership();
        return new WriteGroupRecords(shard,
                new WriteGroupRecords.Turn(Math.max(1, ownership.epoch()),
                        ownership.writes() + random.nextInt(1, 3)),
                List.of(groupRecord(), groupRecord(), groupRecord()),
                random.nextBoolean()
                        ? Optional.empty()
                        : Optional.of(new WriteGroupRecords.Membership(
                                producer(state, transactionalId()), random.nextBoolean())));
    }

    private GroupRecord groupRecord() {
        return GroupRecord.copyOf(ByteBuffer.allocate(random.nextInt(9)), random.nextBoolean()
                ? Optional.empty()
                : Optional.of(ByteBuffer.allocate(random.nextInt(9))));
    }

    /** That of a transaction, where there is one. */
    private ProducerIdentity producer(ManifestState state, TransactionalId id) {
        return state.transactions().of(id).filter(known -> random.nextInt(5) > 0)
                .map(TransactionState::producer)
                .orElseGet(() -> new ProducerIdentity(random.nextLong(Long.MAX_VALUE),
                        (short) random.nextInt(1 << 15)));
    }

    private Configs configs() {
        return random.nextInt(3) == 0
                ? Configs.NONE
                : Configs.of(Map.of("key-" + random.nextInt(3), "wört " + random.nextInt(3),
                        "empty", ""));
    }

    private TopicName name() {
        return new TopicName("topic-" + random.nextInt(6));
    }

    private static TransactionalId transactionalId(int number) {
        return new TransactionalId("id-" + number);
    }

    private TransactionalId transactionalId() {
        return transactionalId(random.nextInt(3));
    }

    private GroupShard shard() {
        return new GroupShard(random.nextInt(GroupShard.COUNT));
    }
}
