package io.cordwood.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.cache.Peers;
import io.cordwood.manifest.event.NodeRole;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.ObjectKey;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class ZonePeersTest {

    private static final ObjectKey KEY = BucketLayout.segment(new UUID(1, 2));
    private static final int PORTIONS = 3_000;

    private final ServingNodes nodes = new ServingNodes();
    private final List<String> made = new ArrayList<>();

    @Test
    void aNodeThatDoesNotServeYetHasNoPeers() {
        nodes.join(1, "one").join(2, "two");

        assertThat(owners(3)).containsOnly("own");
    }

    @Test
    void aNodeThatIsAloneOwnsEverything() {
        nodes.join(1, "one").join(2, "two").leave(2);

        assertThat(owners(1)).containsOnly("own");
    }

    @Test
    void eachPortionHasOneOwnerWhoeverLooks() {
        nodes.join(1, "one").join(2, "two").join(3, "three");

        List<String> owners = owners(1).stream().map(it -> it.equals("own") ? "one" : it)
                .toList();

        assertThat(owners(2)).isEqualTo(with(owners, "two"));
        assertThat(owners(3)).isEqualTo(with(owners, "three"));
        Map<String, Long> shares = owners.stream()
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
        assertThat(shares.values()).hasSize(3).allMatch(share -> share > PORTIONS / 4);
    }

    @Test
    void onlyThatMovesWhichANewNodeOwns() {
        nodes.join(1, "one").join(2, "two");
        List<String> before = owners(1);

        nodes.join(3, "three");

        List<String> after = owners(1);
        for (int i = 0; i < PORTIONS; i++) {
            assertThat(after.get(i)).isIn(before.get(i), "three");
        }
    }

    @Test
    void nodesOfOtherZonesAndThoseThatServeNoClientsAreNoPeers() {
        nodes.join(1, "one", Optional.of("a"), Set.of(NodeRole.INGEST))
                .join(2, "two", Optional.of("a"), Set.of(NodeRole.QUERY))
                .join(3, "three", Optional.of("b"), Set.of(NodeRole.QUERY))
                .join(4, "four", Optional.empty(), Set.of(NodeRole.QUERY))
                .join(5, "five", Optional.of("a"), Set.of(NodeRole.INDEXER));

        assertThat(Set.copyOf(owners(1))).containsExactlyInAnyOrder("own", "two");
        assertThat(owners(3)).containsOnly("own");
        assertThat(owners(4)).containsOnly("own");
        assertThat(Set.copyOf(owners(5))).as("it asks, and nobody asks it")
                .containsExactlyInAnyOrder("one", "two");
    }

    @Test
    void onlyWhatIsWrittenOnceIsShared() {
        nodes.join(1, "one", Optional.empty(), Set.of(NodeRole.INDEXER)).join(2, "two");
        ZonePeers peers = peers(1);

        assertThat(List.of(KEY, BucketLayout.history(new UUID(1, 1), new UUID(2, 2)),
                BucketLayout.tableMetadata(new UUID(1, 1), new UUID(2, 2)),
                BucketLayout.logEntry(7))).allMatch(key -> peers.ownerOf(key, 0).isPresent());
        assertThat(List.of(BucketLayout.CLUSTER, BucketLayout.checkpoint(7),
                BucketLayout.boundary(7))).allMatch(key -> peers.ownerOf(key, 0).isEmpty());
    }

    @Test
    void whoStaysIsTheSamePeerAndMadeOnce() {
        nodes.join(1, "one", Optional.empty(), Set.of(NodeRole.INDEXER)).join(2, "two");
        ZonePeers peers = peers(1);
        Optional<Peers.Peer> before = peers.ownerOf(KEY, 0);

        nodes.join(3, "three").leave(3);

        assertThat(peers.ownerOf(KEY, 0).orElseThrow()).isSameAs(before.orElseThrow());
        assertThat(made).containsExactly("two");
    }

    private static List<String> with(List<String> owners, String own) {
        return owners.stream().map(owner -> owner.equals(own) ? "own" : owner).toList();
    }

    /** Who owns each portion, as a node sees it. */
    private List<String> owners(int node) {
        ZonePeers peers = peers(node);
        return LongStream.range(0, PORTIONS).mapToObj(portion -> peers.ownerOf(KEY, portion)
                .map(owner -> ((NamedPeer) owner).address()).orElse("own")).toList();
    }

    private ZonePeers peers(int node) {
        return new ZonePeers(nodes::now, ServingNodes.process(node), address -> {
            made.add(address);
            return new NamedPeer(address);
        });
    }

    private record NamedPeer(String address) implements Peers.Peer {

        @Override
        public Future<Bytes> read(ObjectKey object, ByteRange range) {
            return Future.failedFuture(new UnavailableException("nobody is there"));
        }
    }
}
