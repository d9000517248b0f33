package io.cordwood.bench;

import io.cordwood.server.grpc.proto.ProduceRequest;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.LaggingObjectStore;
import io.cordwood.store.object.LogNormalLag;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.folder.FolderObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/**
 * What a gigabyte costs in requests to a store that answers as S3 does, at several rates: to take
 * it in, and to read it back by a node that remembers nothing, each partition from end to end.
 */
final class Cost {

    private static final int PARTITIONS = 8;
    private static final int IN_FLIGHT_MAX = 2_000;

    private Cost() {}

    static void run() throws Exception {
        measure(1_000_000, 15);
        measure(10_000_000, 12);
        measure(100_000_000, 6);
    }

    private static void measure(int bytesPerSecond, int seconds) throws Exception {
        Load load = new Load("t", 1_000, Math.clamp(bytesPerSecond / 100_000, 10, 200),
                (long) bytesPerSecond * seconds);
        try (Scratch scratch = Scratch.create()) {
            Path bucket = scratch.path("bucket").toAbsolutePath();
            AtomicReference<CountingObjectStore> store = new AtomicReference<>();
            try (BenchNode node = node(bucket, store); RawHttp http = new RawHttp(node.address())) {
                http.createTopic(load.topic(), PARTITIONS);
                store.get().reset();
                double took = produce(node, load, bytesPerSecond);
                print("ingest", bytesPerSecond, load, store.get(), took);
            }
            try (BenchNode node = node(bucket, store)) {
                store.get().reset();
                Readers readers = new Readers(node.address());
                Stopwatch watch = Stopwatch.start();
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    readers.grpc(load.topic(), partition);
                }
                print("read", bytesPerSecond, load, store.get(), watch.seconds());
            }
        }
    }

    private static BenchNode node(Path bucket, AtomicReference<CountingObjectStore> store)
            throws Exception {
        return BenchNode.start((loop, workers) -> {
            ObjectStore folder = FolderObjectStore.open(bucket, workers, new Random(1)).await();
            store.set(new CountingObjectStore(folder));
            return new LaggingObjectStore(store.get(), loop, new LogNormalLag(new Random(1),
                    Duration.ofMillis(75), Duration.ofMillis(160)));
        });
    }

    private static double produce(BenchNode node, Load load, int bytesPerSecond)
            throws InterruptedException {
        List<ProduceRequest> requests = IntStream.range(0, PARTITIONS).mapToObj(load::grpc)
                .toList();
        Stopwatch watch = Stopwatch.start();
        new GrpcProducers(node.address(),
                Math.min(IN_FLIGHT_MAX, (128 << 20) / load.requestBytes()))
                .produce(load, requests, bytesPerSecond);
        return watch.seconds();
    }

    private static void print(String what, int bytesPerSecond, Load load,
            CountingObjectStore store, double seconds) {
        double gigabytes = load.totalBytes() / 1e9;
        new Figure("cost").with("what", what).with("mb_per_second_wanted",
                bytesPerSecond / 1_000_000)
                .measured("mb_per_second", load.totalBytes() / 1e6 / seconds)
                .measured("writes_per_gb", Prices.writes(store) / gigabytes)
                .measured("segments_per_gb", store.calls(Operation.PUT) / gigabytes)
                .measured("reads_per_gb", Prices.reads(store) / gigabytes)
                .measured("dollars_per_gb", Prices.dollars(store) / gigabytes).print();
    }
}
