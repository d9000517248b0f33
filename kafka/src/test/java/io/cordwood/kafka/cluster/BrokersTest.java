package io.cordwood.kafka.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.kafka.wire.Call;
import io.cordwood.kafka.wire.Endpoint;
import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.event.ManifestEvent.CommitterElected;
import io.cordwood.manifest.event.ManifestEvent.NodeJoined;
import io.cordwood.manifest.event.ManifestEvent.NodeLeft;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.Member;
import io.cordwood.manifest.event.NodeRole;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.log.Backoff;
import io.cordwood.manifest.log.ManifestLog;
import io.cordwood.manifest.state.EntryChain;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.store.object.memory.MemoryObjectStore;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.common.network.ClientInformation;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.RequestContext;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;

/** What clients are told of nodes. */
class BrokersTest {

    private static final UUID TOPIC = new UUID(7, 7);
    private static final Endpoint REACHED = new Endpoint("here", 1);
    private static final Set<NodeRole> ALL = Set.of(NodeRole.values());

    private final EntryChain chain = EntryChain.elected();

    BrokersTest() {
        chain.append(new TopicCreated(TOPIC, new TopicName("orders"), 12));
    }

    @Test
    void aNodeThatIsAloneLeadsAndCoordinatesEverything() {
        SeenBrokers seen = brokers(1).seenBy(call("a"));

        assertThat(seen.all()).containsExactly(new Broker(1, REACHED, Optional.empty(), ALL));
        assertThat(seen.controller()).isEqualTo(1);
        assertThat(leaders(seen)).containsExactly(1);
        assertThat(brokers(1).ownShards()).hasSize(GroupShard.COUNT);
    }

    @Test
    void aClientIsToldOfAllNodesAndOfTheOneThatItReachedWhereItReachedIt() {
        join(1, "z1");
        join(2, "z2");

        assertThat(brokers(2).seenBy(call("a")).all()).containsExactly(
                new Broker(1, new Endpoint("kafka1", 9092), Optional.of("z1"), ALL),
                new Broker(2, REACHED, Optional.of("z2"), ALL));
    }

    @Test
    void aClientIsSentToNodesOfItsZoneAlone() {
        join(1, "z1");
        join(2, "z2");
        join(3, "z1");

        assertThat(leaders(brokers(1).seenBy(call("a,zone=z1")))).containsExactlyInAnyOrder(1, 3);
        assertThat(leaders(brokers(1).seenBy(call("a,zone=z2")))).containsExactly(2);
        assertThat(leaders(brokers(1).seenBy(call("a,zone=z9"))))
                .as("where it has none, any will do").containsExactlyInAnyOrder(1, 2, 3);
        assertThat(leaders(brokers(1).seenBy(call("a")))).containsExactlyInAnyOrder(1, 2, 3);
    }

    @Test
    void recordsAreSentToWhoTakesThemAndReadFromWhoHandsThemOut() {
        join(1, "z1", Set.of(NodeRole.INGEST));
        join(2, "z1", Set.of(NodeRole.QUERY));
        join(3, "z1", Set.of(NodeRole.INGEST, NodeRole.QUERY));

        SeenBrokers seen = brokers(1).seenBy(call("a"));

        assertThat(leaders(seen)).containsExactlyInAnyOrder(1, 3);
        assertThat(readers(seen)).containsExactlyInAnyOrder(2, 3);
        assertThat(seen.isReadFrom(1)).isFalse();
        assertThat(seen.isReadFrom(2)).isTrue();
    }

    @Test
    void whereNobodyHasARoleAnyNodeWillDo() {
        join(1, "z1", Set.of(NodeRole.INGEST));

        assertThat(readers(brokers(1).seenBy(call("a")))).containsExactly(1);
        assertThat(brokers(1).seenBy(call("a")).isReadFrom(1)).isTrue();
    }

    @Test
    void aReaderIsSentToItsOwnZone() {
        join(1, "z1");
        join(2, "z2");

        SeenBrokers seen = brokers(1).seenBy(call("a,zone=z1"));

        assertThat(readers(seen)).containsExactly(1);
        assertThat(readers(seen.from(Optional.of("z2")))).containsExactly(2);
        assertThat(seen.from(Optional.of("z2")).isReadFrom(1)).isFalse();
        assertThat(seen.from(Optional.of("z9")).isReadFrom(1)).isTrue();
    }

    @Test
    void theReplicasAreTheLeaderAndWhomReadersOfAnyZoneAreSentTo() {
        join(1, "z1");
        join(2, "z2");
        join(3, "z3", Set.of(NodeRole.INGEST));

        assertThat(replicas("a,zone=z1")).allSatisfy(
                replicas -> assertThat(replicas).containsExactly(1, 2));
        assertThat(replicas("a,zone=z3")).allSatisfy(replicas -> {
            assertThat(replicas.getFirst()).isEqualTo(3);
            assertThat(replicas).containsExactlyInAnyOrder(3, 1, 2);
        });
    }

    @Test
    void withoutZonesALeaderIsTheOnlyReplica() {
        join(1, Optional.empty(), ALL);
        join(2, Optional.empty(), ALL);

        assertThat(replicas("a")).allSatisfy(replicas -> assertThat(replicas).hasSize(1));
    }

    @Test
    void whoAsksWhomDoesNotMatter() {
        join(1, "z1");
        join(2, "z1");

        TopicCreated created = new TopicCreated(TOPIC, new TopicName("orders"), 12);
        assertThat(brokers(1).seenBy(call("a"))
                .leaders(chain.state().topic(created.id()).orElseThrow()))
                .isEqualTo(brokers(2).seenBy(call("a"))
                        .leaders(chain.state().topic(created.id()).orElseThrow()));
    }

    @Test
    void whoOnlyWorksBehindIsNotToldOf() {
        join(1, "z1");
        join(2, "z1", Set.of(NodeRole.INDEXER));

        assertThat(brokers(1).seenBy(call("a")).all()).hasSize(1);
        assertThat(Brokers.ids(chain.state())).containsExactly(1);
        assertThat(brokers(2).ownShards()).isEmpty();
    }

    @Test
    void eachShardOfTheGroupsIsOneNodes() {
        join(1, "z1");
        join(2, "z2");
        join(3, "z3");
        Set<GroupShard> all = new HashSet<>();
        for (int node = 1; node <= 3; node++) {
            Set<GroupShard> own = brokers(node).ownShards();
            assertThat(own).hasSizeBetween(GroupShard.COUNT / 3, GroupShard.COUNT / 3 + 1);
            all.addAll(own);
        }

        assertThat(all).hasSize(GroupShard.COUNT);
    }

    @Test
    void aGroupIsCoordinatedByWhoHasItsShardAndThatIsTheSameForAllZones() {
        join(1, "z1");
        join(2, "z2");

        for (String group : List.of("a", "billing", "grüppe")) {
            int there = brokers(1).seenBy(call("a,zone=z1")).coordinatorOfGroup(group).id();

            assertThat(brokers(2).seenBy(call("a,zone=z2")).coordinatorOfGroup(group).id())
                    .isEqualTo(there);
            int shard = Utils.abs(group.hashCode()) % GroupShard.COUNT;
            assertThat(brokers(there).ownShards()).contains(new GroupShard(shard));
        }
    }

    @Test
    void whoServesNoMoreHasNoShards() {
        join(1, "z1");
        join(2, "z2");
        chain.append(new NodeLeft(process(1)));

        assertThat(brokers(1).ownShards()).isEmpty();
        assertThat(brokers(2).ownShards()).hasSize(GroupShard.COUNT);
    }

    @Test
    void theCommitterCountsAsTheController() {
        join(1, "z1");
        join(2, "z2");
        chain.append(new CommitterElected("node2"));

        assertThat(brokers(1).seenBy(call("a")).controller()).isEqualTo(2);
    }

    private void join(int number, String zone) {
        join(number, zone, ALL);
    }

    private void join(int number, String zone, Set<NodeRole> roles) {
        join(number, Optional.of(zone), roles);
    }

    private void join(int number, Optional<String> zone, Set<NodeRole> roles) {
        chain.append(new NodeJoined(new Member("n" + number, process(number),
                new Member.Addresses("node" + number, "http" + number + ":80",
                        "kafka" + number + ":9092"),
                zone, roles)));
    }

    private static UUID process(int number) {
        return new UUID(number, number);
    }

    /** The brokers, as one of the nodes knows them. */
    private Brokers brokers(int self) {
        return new Brokers(new UUID(9, 9), process(self), follower(chain.state()));
    }

    private static Follower follower(ManifestState state) {
        ManualEventLoop loop = new ManualEventLoop();
        return new Follower(new ManifestLog(new MemoryObjectStore(loop::now), loop,
                Backoff.standard(new Random(1))), state, loop);
    }

    private Set<Integer> leaders(SeenBrokers seen) {
        return Arrays.stream(seen.leaders(topic())).boxed().collect(Collectors.toSet());
    }

    private Set<Integer> readers(SeenBrokers seen) {
        return Arrays.stream(seen.readers(topic())).boxed().collect(Collectors.toSet());
    }

    private List<List<Integer>> replicas(String clientId) {
        return brokers(1).seenBy(call(clientId)).replicas(topic());
    }

    private TopicState topic() {
        return chain.state().topic(TOPIC).orElseThrow();
    }

    private static Call call(String clientId) {
        RequestHeader header = new RequestHeader(ApiKeys.METADATA, ApiKeys.METADATA.latestVersion(),
                clientId, 1);
        return new Call(new RequestContext(header, "1", InetAddress.getLoopbackAddress(),
                KafkaPrincipal.ANONYMOUS,
                ListenerName.forSecurityProtocol(SecurityProtocol.PLAINTEXT),
                SecurityProtocol.PLAINTEXT, ClientInformation.EMPTY, false), REACHED);
    }
}
