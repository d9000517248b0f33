package io.cordwood.bench;

import io.cordwood.server.grpc.proto.ProduceRequest;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.LaggingObjectStore;
import io.cordwood.store.object.LogNormalLag;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.memory.MemoryObjectStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * The same load spread over few and over many partitions. What the bytes cost is the same, so the
 * ratio to few partitions is the cost of many. The client is in this process: the processor time is
 * of both.
 */
final class Partitions {

    private static final int FEW = 10;
    private static final List<Integer> COUNTS = List.of(FEW, 1_000, 10_000);
    private static final Load LOAD = new Load("t", 1_024, 10, 100L << 20);
    private static final int IN_FLIGHT = 2_000;

    private Partitions() {}

    static void run() throws Exception {
        measure(FEW);
        double few = 0;
        for (int count : COUNTS) {
            Outcome outcome = measure(count);
            few = count == FEW ? outcome.seconds() : few;
            new Figure("partitions").with("partitions", count).with("bytes", LOAD.totalBytes())
                    .measured("mb_per_second", LOAD.totalBytes() / 1e6 / outcome.seconds())
                    .measured("ratio_to_few", few / outcome.seconds())
                    .measured("ack_p50_ms", outcome.latencies().percentileMillis(50))
                    .measured("ack_p99_ms", outcome.latencies().percentileMillis(99))
                    .measured("cpu_s_per_gb", outcome.cpuSeconds() * 1e9 / LOAD.totalBytes())
                    .measured("manifest_bytes_per_gb",
                            outcome.manifestBytes() * 1e9 / LOAD.totalBytes())
                    .with("segments", outcome.segments()).with("entries", outcome.entries())
                    .print();
        }
    }

    private static Outcome measure(int partitions) throws Exception {
        AtomicReference<CountingObjectStore> store = new AtomicReference<>();
        try (BenchNode node = BenchNode.start((loop, workers) -> {
            store.set(new CountingObjectStore(new MemoryObjectStore(InstantSource.system())));
            return new LaggingObjectStore(store.get(), loop, new LogNormalLag(new Random(1),
                    Duration.ofMillis(8), Duration.ofMillis(20)));
        }); RawHttp http = new RawHttp(node.address())) {
            http.createTopic(LOAD.topic(), partitions);
            GrpcProducers producers = new GrpcProducers(node.address(), IN_FLIGHT);
            ProduceRequest any = LOAD.grpc(0);
            List<ProduceRequest> requests = IntStream.range(0, partitions)
                    .mapToObj(partition -> any.toBuilder().setPartition(partition).build())
                    .toList();
            store.get().reset();
            Stopwatch watch = Stopwatch.start();
            producers.produce(LOAD, requests, Integer.MAX_VALUE);
            return new Outcome(watch.seconds(), watch.cpuSeconds(), producers.latencies(),
                    store.get().calls(Operation.PUT), store.get().calls(Operation.PUT_IF_ABSENT),
                    store.get().bytes(Operation.PUT_IF_ABSENT));
        }
    }

    private record Outcome(double seconds, double cpuSeconds, Latencies latencies, long segments,
            long entries, long manifestBytes) {}
}
