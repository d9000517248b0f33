package io.cordwood.kafka.cluster;

import io.cordwood.kafka.wire.Call;
import io.cordwood.kafka.wire.Endpoint;
import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.event.Member;
import io.cordwood.manifest.event.NodeRole;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.Nodes;
import io.cordwood.manifest.state.Placement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The nodes of a cluster as brokers. While none serves, this one does alone. Any thread may call.
 *
 * @param cluster the id of the cluster
 * @param process which of the nodes this one is
 */
public record Brokers(UUID cluster, UUID process, Follower follower) {

    /** The number of the only broker, and of the first. */
    public static final int FIRST_ID = 1;

    /**
     * The shards of the groups are spread like the partitions of a topic, which this stands for.
     */
    private static final UUID SHARDS = new UUID(0, 0);

    /** The id of the cluster as text. */
    public String clusterId() {
        return cluster.toString();
    }

    /** The number of this broker. */
    public int self() {
        return nodes().ofProcess(process).map(Nodes.Node::number).orElse(FIRST_ID);
    }

    /** The numbers of all brokers, upwards. */
    public static List<Integer> ids(ManifestState state) {
        List<Nodes.Node> nodes = clients(state.nodes());
        return nodes.isEmpty()
                ? List.of(FIRST_ID)
                : nodes.stream().map(Nodes.Node::number).toList();
    }

    /** The shards whose groups this node coordinates: none before it serves, where others do. */
    public Set<GroupShard> ownShards() {
        ManifestState state = follower.state();
        boolean alone = clients(state.nodes()).isEmpty();
        if (!alone && state.nodes().ofProcess(process).isEmpty()) {
            return Set.of();
        }
        int self = self();
        int[] owners = ownersOfShards(ids(state));
        return IntStream.range(0, owners.length).filter(shard -> owners[shard] == self)
                .mapToObj(GroupShard::new).collect(Collectors.toSet());
    }

    /** Which broker coordinates the groups of each shard, by the number of the shard. */
    static int[] ownersOfShards(List<Integer> ids) {
        return Placement.of(SHARDS, GroupShard.COUNT, ids);
    }

    /** The brokers as a client sees them now that asks. */
    public SeenBrokers seenBy(Call call) {
        Nodes nodes = nodes();
        List<Member> clients = new ArrayList<>();
        List<Broker> brokers = new ArrayList<>();
        for (Nodes.Node node : clients(nodes)) {
            node.member().ifPresent(member -> {
                clients.add(member);
                brokers.add(broker(node.number(), member, call.reached()));
            });
        }
        if (brokers.isEmpty()) {
            brokers.add(new Broker(self(), call.reached(), Optional.empty(),
                    Set.of(NodeRole.values())));
        }
        return new SeenBrokers(brokers, controller(brokers, clients),
                ClientZone.of(Optional.ofNullable(call.context().clientId()).orElse("")));
    }

    private Broker broker(int number, Member member, Endpoint reached) {
        return new Broker(number, member.process().equals(process)
                ? reached
                : Endpoint.parse(member.addresses().kafka()), member.zone(), member.roles());
    }

    /** The committer, where it is a broker. */
    private int controller(List<Broker> brokers, List<Member> members) {
        String committer = follower.state().position().address();
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).addresses().nodes().equals(committer)) {
                return brokers.get(i).id();
            }
        }
        return brokers.getFirst().id();
    }

    private Nodes nodes() {
        return follower.state().nodes();
    }

    /** Those that have something to do for clients. */
    private static List<Nodes.Node> clients(Nodes nodes) {
        return nodes.serving().stream().filter(node -> node.member()
                .filter(member -> member.roles().contains(NodeRole.INGEST)
                        || member.roles().contains(NodeRole.QUERY))
                .isPresent()).toList();
    }
}
