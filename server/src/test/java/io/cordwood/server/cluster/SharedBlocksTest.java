package io.cordwood.server.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.cache.CacheStatistics;
import io.cordwood.cache.CachingObjectStore;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.server.cluster.ZoneOfNodes.Node;
import io.cordwood.server.cluster.ZoneOfNodes.Stored;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Operation;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Caches of nodes over one bucket, with real sockets between them. */
@Timeout(120)
class SharedBlocksTest {

    private static final int BLOCK = CachingObjectStore.PORTION_BYTES / 8;

    private final ZoneOfNodes zone = new ZoneOfNodes();

    @AfterEach
    void stop() {
        zone.close();
    }

    @Test
    void twoNodesTogetherFetchEachByteOnce() {
        List<Node> nodes = zone.serve(2);
        List<Stored> segments = segments(6, 20 * BLOCK + 1_234);

        segments.forEach(segment -> nodes.forEach(node -> assertThatReads(node, segment)));

        assertThat(zone.bucket.bytes(Operation.GET)).isEqualTo(bytes(segments));
        assertThat(total(nodes, all -> all.asked().bytes())).isEqualTo(bytes(segments))
                .isEqualTo(total(nodes, all -> all.served().bytes()));
    }

    @Test
    void threeNodesThatReadEveryBlockCostOneRequestPerBlock() {
        List<Node> nodes = zone.serve(3);
        List<Stored> segments = segments(5, 16 * BLOCK);
        long blocks = 5 * 16;

        for (Stored segment : segments) {
            for (int position = 0; position < segment.content().length; position += BLOCK) {
                for (Node node : nodes) {
                    ByteRange block = new ByteRange(position, BLOCK);
                    assertThat(node.store.get(segment.key(), block).await()).isEqualTo(
                            ByteBuffer.wrap(segment.content(), position, BLOCK));
                }
            }
        }

        assertThat(zone.bucket.calls(Operation.GET)).isEqualTo(blocks);
        assertThat(total(nodes, all -> all.asked().reads())).isEqualTo(2 * blocks);
        assertThat(total(nodes, all -> all.asked().fallbacks())).isZero();
        assertThat(nodes).allMatch(node -> node.store.statistics().served().reads() > 0);
    }

    @Test
    void readersOfAllNodesAtOnceFetchEachBlockOnce() {
        List<Node> nodes = zone.serve(2);
        List<Stored> segments = segments(3, 8 * BLOCK);
        List<Future<ByteBuffer>> reads = new ArrayList<>();

        for (Stored segment : segments) {
            for (int block = 0; block < 8; block++) {
                ByteRange range = new ByteRange((long) block * BLOCK + 100, 1_000);
                for (Node node : nodes) {
                    reads.add(node.store.get(segment.key(), range));
                    reads.add(node.store.get(segment.key(), range));
                }
            }
        }

        Future.all(reads).await();
        assertThat(zone.bucket.calls(Operation.GET)).isEqualTo(3 * 8);
        assertThat(reads).allMatch(read -> read.result().remaining() == 1_000);
    }

    @Test
    void readersNoticeNothingOfANodeThatIsGone() {
        List<Node> nodes = zone.serve(2);
        Node left = nodes.getFirst();
        List<Stored> segments = segments(8, 9 * BLOCK);
        assertThatReads(left, segments.getFirst());

        nodes.getLast().server.close().await();

        segments.forEach(segment -> assertThatReads(left, segment));
        assertThat(left.store.statistics().asked().fallbacks()).isPositive();
    }

    @Test
    void whatANodeThatSharesNothingOwnsComesFromTheBucket() {
        Node near = zone.serve(1).getFirst();
        zone.new Node(2, ZoneOfNodes.CLUSTER);
        List<Stored> segments = segments(4, 9 * BLOCK);

        segments.forEach(segment -> assertThatReads(near, segment));

        CacheStatistics.Asked asked = near.store.statistics().asked();
        assertThat(asked.reads()).isZero();
        assertThat(asked.fallbacks()).isPositive();
    }

    @Test
    void whatANodeOfAnotherClusterOwnsComesFromTheBucket() {
        Node near = zone.serve(1).getFirst();
        Node far = zone.new Node(2, new UUID(8, 8));
        far.server.share(far.store);
        List<Stored> segments = segments(4, 9 * BLOCK);

        segments.forEach(segment -> assertThatReads(near, segment));

        assertThat(near.store.statistics().asked().reads()).isZero();
        assertThat(far.store.statistics().served().reads()).isZero();
    }

    @Test
    void whatIsMissingIsMissingAndCostsNobodyHisPeer() {
        List<Node> nodes = zone.serve(2);
        Node node = nodes.getFirst();

        for (int i = 100; i < 120; i++) {
            Future<ByteBuffer> read = node.store.get(
                    BucketLayout.segment(new UUID(i, i)), new ByteRange(0, 10));
            assertThat(read.transform(Future::succeededFuture).await().cause())
                    .isInstanceOf(MissingObjectException.class);
        }
        assertThat(node.store.statistics().asked().fallbacks()).isPositive();

        segments(8, BLOCK).forEach(segment -> assertThatReads(node, segment));
        assertThat(node.store.statistics().asked().reads()).isPositive();
    }

    private List<Stored> segments(int count, int size) {
        List<Stored> segments = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            segments.add(zone.store(i, size));
        }
        return segments;
    }

    private static void assertThatReads(Node node, Stored segment) {
        assertThat(node.store.get(segment.key(), new ByteRange(0, segment.content().length))
                .await()).isEqualTo(ByteBuffer.wrap(segment.content()));
    }

    private static long bytes(List<Stored> segments) {
        return segments.stream().mapToLong(segment -> segment.content().length).sum();
    }

    private static long total(List<Node> nodes,
            ToLongFunction<CacheStatistics> value) {
        return nodes.stream().mapToLong(node -> value.applyAsLong(node.store.statistics())).sum();
    }
}
