package io.cordwood.bench;

import io.cordwood.cluster.Cluster;
import io.cordwood.manifest.commit.CreateTopic;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.log.Backoff;
import io.cordwood.manifest.log.ManifestLog;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.EventLoop;
import io.cordwood.server.cluster.ClusterServer;
import io.cordwood.server.cluster.GrpcLines;
import io.cordwood.server.vertx.VertxEventLoop;
import io.cordwood.server.vertx.VertxStart;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.LaggingObjectStore;
import io.cordwood.store.object.LogNormalLag;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * How many segments a committer commits for so many ingest nodes, each of which has four on their
 * way, and how long each takes against one write to the store, of which a write takes 75 ms. The
 * nodes are simulated in this process; what they and the committer say goes over gRPC.
 */
final class CommitRate {

    private static final List<Integer> NODES = List.of(1, 10, 100);
    private static final String HOST = "127.0.0.1";
    private static final UUID CLUSTER = new UUID(1, 1);
    private static final int PUT_MILLIS = 75;
    private static final int PUT_SLOW_MILLIS = 160;
    private static final int WARM_SECONDS = 8;
    private static final int SECONDS = 12;

    private final Vertx vertx = VertxStart.standard();
    private final EventLoop network = loop();
    private final EventLoop loop = loop();
    private final CountingObjectStore store = new CountingObjectStore(
            new MemoryObjectStore(InstantSource.system()));
    private final ClusterServer server;
    private final ManifestLog log;
    private final Follower follower;

    private CommitRate() {
        server = ClusterServer.start(vertx, network, HOST, 0).await();
        log = new ManifestLog(new LaggingObjectStore(store, loop,
                new LogNormalLag(new Random(1), Duration.ofMillis(PUT_MILLIS),
                        Duration.ofMillis(PUT_SLOW_MILLIS))),
                loop, Backoff.standard(new Random(1)));
        follower = new Follower(log, ManifestState.EMPTY, loop);
    }

    static void run() throws Exception {
        for (int nodes : NODES) {
            CommitRate rate = new CommitRate();
            try {
                rate.measure(nodes);
            } finally {
                rate.vertx.close().await();
            }
        }
    }

    private EventLoop loop() {
        return VertxEventLoop.start(vertx, Throwable::printStackTrace).await();
    }

    private GrpcLines lines(EventLoop of) {
        return new GrpcLines(vertx, new GrpcLines.Here(server, network, address()), CLUSTER, of);
    }

    private String address() {
        return HOST + ":" + server.port();
    }

    private void measure(int nodes) throws InterruptedException {
        List<Ingester> ingesters = start(nodes);
        Thread.sleep(Duration.ofSeconds(WARM_SECONDS));
        Latencies latencies = new Latencies();
        ingesters.forEach(ingester -> ingester.measure(latencies));
        long entries = store.calls(Operation.PUT_IF_ABSENT);
        Stopwatch watch = Stopwatch.start();
        Thread.sleep(Duration.ofSeconds(SECONDS));
        double seconds = watch.seconds();
        new Figure("commit-rate").with("ingest_nodes", nodes).with("put_p50_ms", PUT_MILLIS)
                .with("runs_per_segment", Ingester.RUNS)
                .measured("segments_per_second", latencies.count() / seconds)
                .measured("runs_per_second", latencies.count() * Ingester.RUNS / seconds)
                .measured("entries_per_second",
                        (store.calls(Operation.PUT_IF_ABSENT) - entries) / seconds)
                .measured("commit_p50_ms", latencies.percentileMillis(50))
                .measured("commit_p99_ms", latencies.percentileMillis(99))
                .measured("ratio_p50", latencies.percentileMillis(50) / PUT_MILLIS).print();
    }

    /** Starts a committer, and nodes that commit. */
    private List<Ingester> start(int nodes) {
        UUID topic = UUID.randomUUID();
        Cluster cluster = new Cluster(new Cluster.Parts(follower, log, loop, lines(loop),
                (sequence, object) -> {}, UUID::randomUUID, Backoff.standard(new Random(1))));
        loop.submit(() -> cluster.start().compose(found -> cluster.commit(
                new CreateTopic(topic, new TopicName("load"), Ingester.PARTITIONS)))).await();
        List<Ingester> ingesters = new ArrayList<>();
        for (int i = 0; i < nodes; i++) {
            EventLoop its = loop();
            ingesters.add(its.submit(() -> Future.succeededFuture(new Ingester(its,
                    lines(its), address(),
                    follower.state().position().epoch(), topic))).await());
        }
        return ingesters;
    }
}
