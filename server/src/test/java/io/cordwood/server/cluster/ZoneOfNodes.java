package io.cordwood.server.cluster;

import io.cordwood.cache.CacheSettings;
import io.cordwood.cache.CachingObjectStore;
import io.cordwood.cluster.LineEnd;
import io.cordwood.cluster.ToCommitter;
import io.cordwood.server.vertx.VertxEventLoop;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.LaggingObjectStore;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** Nodes of one zone, with a cache each, over a bucket that takes its time and is counted. */
final class ZoneOfNodes implements AutoCloseable {

    static final UUID CLUSTER = new UUID(7, 7);
    static final String HOST = "127.0.0.1";

    final Vertx vertx = Vertx.vertx();
    final List<Throwable> bugs = new CopyOnWriteArrayList<>();
    final ServingNodes nodes = new ServingNodes();
    final CountingObjectStore bucket = new CountingObjectStore(
            new LaggingObjectStore(new MemoryObjectStore(() -> Instant.EPOCH), loop(),
                    operation -> Duration.ofMillis(4)));

    VertxEventLoop loop() {
        return VertxEventLoop.start(vertx, bugs::add).await();
    }

    /** Nodes that serve: all know all of them. */
    List<Node> serve(int count) {
        List<Node> serving = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            Node node = new Node(i, CLUSTER);
            node.server.share(node.store);
            serving.add(node);
        }
        return serving;
    }

    /** A segment in the bucket. */
    Stored store(int number, int size) {
        byte[] content = new byte[size];
        new Random(number).nextBytes(content);
        ObjectKey key = BucketLayout.segment(new UUID(number, number));
        bucket.put(key, Bytes.wrap(content)).await();
        return new Stored(key, content);
    }

    @Override
    public void close() {
        vertx.close().await();
        if (!bugs.isEmpty()) {
            throw new AssertionError("something was thrown that nobody expected", bugs.getFirst());
        }
    }

    /** An object. */
    static final class Stored {

        private final ObjectKey key;
        private final byte[] content;

        private Stored(ObjectKey key, byte[] content) {
            this.key = key;
            this.content = content;
        }

        ObjectKey key() {
            return key;
        }

        byte[] content() {
            return content;
        }
    }

    /** A node that has joined, and shares nothing yet. */
    final class Node {

        final VertxEventLoop network = loop();
        final ClusterServer server = ClusterServer.start(vertx, network, HOST, 0).await();
        final CachingObjectStore store = CachingObjectStore.inMemory(bucket,
                new CacheSettings(512L << 20, 0));

        Node(int number, UUID cluster) {
            server.serve(cluster, line -> new Nobody(), network);
            String address = HOST + ":" + server.port();
            nodes.join(number, address);
            store.share(new ZonePeers(nodes::now, ServingNodes.process(number),
                    new GrpcPeers(vertx, new EndlessPatience(loop()), cluster)::at));
        }
    }

    /** Whoever attends speaks to nobody. */
    private record Nobody() implements LineEnd<ToCommitter> {

        @Override
        public void received(ToCommitter message) {}

        @Override
        public void closed() {}
    }
}
