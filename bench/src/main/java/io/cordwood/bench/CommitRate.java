package io.cordwood.bench;

import io.cordwood.manifest.commit.CreateTopic;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.server.vertx.VertxStart;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.LaggingObjectStore;
import io.cordwood.store.object.LogNormalLag;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * How many segments a committer commits for so many ingest nodes, each of which has four on their
 * way, and how long each takes against one write to the store, of which a write takes 75 ms. All
 * nodes are in this process, and talk to the committer as they always do.
 */
final class CommitRate {

    private static final List<Integer> NODES = List.of(1, 10, 100);
    private static final int PUT_MILLIS = 75;
    private static final int PUT_SLOW_MILLIS = 160;
    private static final int WARM_SECONDS = 10;
    private static final int SECONDS = 20;

    private final int nodes;
    private final UUID topic = UUID.randomUUID();

    private CommitRate(int nodes) {
        this.nodes = nodes;
    }

    static void run() throws Exception {
        for (int nodes : NODES) {
            new CommitRate(nodes).measure();
        }
    }

    private void measure() throws Exception {
        Vertx vertx = VertxStart.standard();
        try {
            CountingObjectStore counting = new CountingObjectStore(
                    new MemoryObjectStore(InstantSource.system()));
            Ingester.Store store = loop -> new LaggingObjectStore(counting, loop,
                    new LogNormalLag(new Random(1), Duration.ofMillis(PUT_MILLIS),
                            Duration.ofMillis(PUT_SLOW_MILLIS)));
            Ingester committer = Ingester.start(vertx, store);
            committer.commit(new CreateTopic(topic, new TopicName("load"), Ingester.PARTITIONS))
                    .await();
            List<Ingester> ingesters = new ArrayList<>();
            for (int i = 0; i < nodes; i++) {
                ingesters.add(Ingester.start(vertx, store));
            }
            ingesters.forEach(ingester -> ingester.begin(topic));
            Thread.sleep(Duration.ofSeconds(WARM_SECONDS));
            Latencies latencies = new Latencies();
            ingesters.forEach(ingester -> ingester.measure(latencies));
            long entries = counting.calls(Operation.PUT_IF_ABSENT);
            Stopwatch watch = Stopwatch.start();
            Thread.sleep(Duration.ofSeconds(SECONDS));
            print(latencies, counting.calls(Operation.PUT_IF_ABSENT) - entries, watch.seconds());
        } finally {
            vertx.close().await();
        }
    }

    private void print(Latencies latencies, long entries, double seconds) {
        new Figure("commit-rate").with("ingest_nodes", nodes).with("put_p50_ms", PUT_MILLIS)
                .with("runs_per_segment", Ingester.RUNS)
                .measured("segments_per_second", latencies.count() / seconds)
                .measured("runs_per_second", latencies.count() * Ingester.RUNS / seconds)
                .measured("entries_per_second", entries / seconds)
                .measured("commit_p50_ms", latencies.percentileMillis(50))
                .measured("commit_p99_ms", latencies.percentileMillis(99))
                .measured("ratio_p50", latencies.percentileMillis(50) / PUT_MILLIS)
                .print();
    }
}
