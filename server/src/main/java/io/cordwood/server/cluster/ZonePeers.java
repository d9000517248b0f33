package io.cordwood.server.cluster;

import io.cordwood.cache.Peers;
import io.cordwood.manifest.event.Member;
import io.cordwood.manifest.event.NodeRole;
import io.cordwood.manifest.state.Nodes;
import io.cordwood.manifest.state.Placement;
import io.cordwood.store.object.ObjectKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The nodes of this one's zone that serve clients: among them, what is written once is fetched from
 * the bucket by one for all. Each portion ranks the nodes by a hash of both, so that few portions
 * move when one comes or goes. Nodes that stand in no zone are in one together. A node that does
 * not serve yet has no peers. Any thread may call.
 */
public final class ZonePeers implements Peers {

    private final Supplier<Nodes> nodes;
    private final UUID process;
    private final Function<String, Peer> peers;
    private final AtomicReference<View> view = new AtomicReference<>(View.EMPTY);

    /**
     * The peers of a node.
     *
     * @param nodes as they are known now: the same object for as long as they do not change
     * @param process this run of the node
     * @param peers by the address at which nodes reach them
     */
    public ZonePeers(Supplier<Nodes> nodes, UUID process, Function<String, Peer> peers) {
        this.nodes = nodes;
        this.process = process;
        this.peers = peers;
    }

    @Override
    public Optional<Peer> ownerOf(ObjectKey object, long portion) {
        View now = view();
        return now.numbers().isEmpty() || !SharedRange.isShared(object)
                ? Optional.empty()
                : now.peer(Placement.of(object.value() + '/' + portion, now.numbers()));
    }

    /** Two threads may make the same view; the peers of one of them are forgotten then. */
    private View view() {
        View seen = view.get();
        Nodes now = nodes.get();
        if (seen.nodes() == now) {
            return seen;
        }
        View next = next(now, seen);
        view.compareAndSet(seen, next);
        return next;
    }

    private View next(Nodes now, View before) {
        Map<Integer, Member> zone = new HashMap<>();
        now.ofProcess(process).flatMap(Nodes.Node::member).ifPresent(own -> {
            for (Nodes.Node node : now.serving()) {
                node.member().filter(other -> servesClientsBeside(own, other))
                        .ifPresent(other -> zone.put(node.number(), other));
            }
        });
        Map<String, Peer> byAddress = new HashMap<>();
        Map<Integer, Peer> byNumber = new HashMap<>();
        zone.forEach((number, member) -> {
            if (!member.process().equals(process)) {
                String address = member.addresses().nodes();
                Peer peer = Optional.ofNullable(before.byAddress().get(address))
                        .orElseGet(() -> peers.apply(address));
                byAddress.put(address, peer);
                byNumber.put(number, peer);
            }
        });
        return new View(now, zone.keySet().stream().sorted().toList(), byNumber, byAddress);
    }

    private static boolean servesClientsBeside(Member own, Member other) {
        return own.zone().equals(other.zone()) && (other.roles().contains(NodeRole.INGEST)
                || other.roles().contains(NodeRole.QUERY));
    }

    /**
     * Who is there.
     *
     * @param numbers of all, this node among them if it serves clients
     * @param byNumber the others
     * @param byAddress the same: whoever stays stays the same
     */
    private record View(Nodes nodes, List<Integer> numbers, Map<Integer, Peer> byNumber,
            Map<String, Peer> byAddress) {

        static final View EMPTY = new View(Nodes.NONE, List.of(), Map.of(), Map.of());

        Optional<Peer> peer(int number) {
            return Optional.ofNullable(byNumber.get(number));
        }
    }
}
