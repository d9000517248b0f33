package io.cordwood.bench;

import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.LaggingObjectStore;
import io.cordwood.store.object.LogNormalLag;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.memory.MemoryObjectStore;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/**
 * How long an append over HTTP takes against one write to the same store, and how many requests to
 * the store it costs: a lone one after a pause, and one among many.
 */
final class AckLatency {

    private static final int WARM_UPS = 20;
    private static final int LONE_ROUNDS = 100;
    private static final Duration PAUSE = Duration.ofMillis(260);
    private static final ObjectKey REFERENCE = new ObjectKey("reference");
    private static final byte[] BODY = "{\"records\":[{\"value\":\"hello\"}]}"
            .getBytes(StandardCharsets.US_ASCII);

    /** 4 MB/s in requests of 10 KB: more than travels in an entry, and less than fills segments. */
    private static final Load LOAD = new Load("load", 1_000, 10, 40_000_000);
    private static final int LOAD_BYTES_PER_SECOND = 4_000_000;

    private final Lag lag;
    private final AtomicReference<ObjectStore> reference = new AtomicReference<>();
    private final AtomicReference<CountingObjectStore> counting = new AtomicReference<>();

    private AckLatency(Lag lag) {
        this.lag = lag;
    }

    /** Measures with a store as fast as S3 Standard is, and with one as fast as S3 Express is. */
    static void run() throws Exception {
        for (Lag lag : List.of(new Lag(75, 160), new Lag(8, 20))) {
            new AckLatency(lag).measure();
        }
    }

    private void measure() throws Exception {
        MemoryObjectStore memory = new MemoryObjectStore(InstantSource.system());
        counting.set(new CountingObjectStore(memory));
        try (BenchNode node = BenchNode.start((loop, workers) -> {
            reference.set(new LaggingObjectStore(memory, loop, lag.drawn(2)));
            return new LaggingObjectStore(counting.get(), loop, lag.drawn(1));
        }); RawHttp http = new RawHttp(node.address())) {
            http.createTopic("lone", 1);
            http.createTopic(LOAD.topic(), 8);
            lone(http, WARM_UPS, new Latencies(), new Latencies());
            idle(http);
            underLoad(node, http);
        }
    }

    private void idle(RawHttp http) throws IOException, InterruptedException {
        Latencies appends = new Latencies();
        Latencies puts = new Latencies();
        long before = counting.get().calls();
        lone(http, LONE_ROUNDS, appends, puts);
        figure("idle", appends, puts)
                .measured("requests_per_append",
                        (double) (counting.get().calls() - before) / LONE_ROUNDS)
                .print();
    }

    private void lone(RawHttp http, int rounds, Latencies appends, Latencies puts)
            throws IOException, InterruptedException {
        for (int i = 0; i < rounds; i++) {
            Thread.sleep(PAUSE);
            appends.add(append(http));
            puts.add(put());
        }
    }

    private void underLoad(BenchNode node, RawHttp http) throws Exception {
        GrpcProducers producers = new GrpcProducers(node.address(), 4_000);
        CompletableFuture<Boolean> over = new CompletableFuture<>();
        Latencies appends = new Latencies();
        Latencies puts = new Latencies();
        Crew.work(2, number -> {
            if (number == 0) {
                producers.produce(LOAD, List.of(LOAD.grpc(0), LOAD.grpc(1), LOAD.grpc(2)),
                        LOAD_BYTES_PER_SECOND);
                over.complete(true);
            } else {
                while (!over.isDone()) {
                    appends.add(append(http));
                    puts.add(put());
                }
            }
        });
        figure("load", appends, puts).with("load_bytes_per_second", LOAD_BYTES_PER_SECOND)
                .measured("load_ack_p50_ms", producers.latencies().percentileMillis(50))
                .measured("load_ack_p99_ms", producers.latencies().percentileMillis(99))
                .print();
    }

    private static long append(RawHttp http) throws IOException {
        Stopwatch watch = Stopwatch.start();
        http.post("/topics/lone", "application/vnd.kafka.json.v2+json", BODY).expectSuccess();
        return watch.nanos();
    }

    private long put() {
        Stopwatch watch = Stopwatch.start();
        reference.get().put(REFERENCE, Bytes.wrap(new byte[300])).await();
        return watch.nanos();
    }

    private Figure figure(String when, Latencies appends, Latencies puts) {
        double appendMillis = appends.percentileMillis(50);
        double putMillis = puts.percentileMillis(50);
        return new Figure("ack-latency").with("when", when).with("injected_p50_ms", lag.p50Millis())
                .with("injected_p99_ms", lag.p99Millis()).with("rounds", appends.count())
                .measured("append_p50_ms", appendMillis)
                .measured("append_p99_ms", appends.percentileMillis(99))
                .measured("put_p50_ms", putMillis)
                .measured("put_p99_ms", puts.percentileMillis(99))
                .measured("ratio_p50", appendMillis / putMillis)
                .measured("ratio_p99", appends.percentileMillis(99) / puts.percentileMillis(99));
    }

    /** How long the store takes for a request. */
    private record Lag(int p50Millis, int p99Millis) {

        LogNormalLag drawn(int seed) {
            return new LogNormalLag(new Random(seed), Duration.ofMillis(p50Millis),
                    Duration.ofMillis(p99Millis));
        }
    }
}
