package io.cordwood.bench;

import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.memory.MemoryObjectStore;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One reader who replays a partition over gRPC that nothing remembers, against a program that reads
 * the same objects by ranged reads of 8 MiB, one after the other and four at a time, from a store
 * of a {@link BucketPace}.
 */
final class ColdReplay {

    private static final Load LOAD = new Load("t", 1_024, 512, 256L << 20);
    private static final int IN_FLIGHT = 96;
    private static final int PARALLEL = 4;

    private final MemoryObjectStore bucket = new MemoryObjectStore(InstantSource.system());
    private final AtomicReference<ObjectStore> slow = new AtomicReference<>();

    private ColdReplay() {}

    static void run() throws Exception {
        new ColdReplay().measure();
    }

    private void measure() throws Exception {
        try (BenchNode node = BenchNode.start((loop, workers) -> bucket);
                RawHttp http = new RawHttp(node.address())) {
            http.createTopic(LOAD.topic(), 1);
            new GrpcProducers(node.address(), IN_FLIGHT).produce(LOAD, List.of(LOAD.grpc(0)),
                    Integer.MAX_VALUE);
        }
        replay();
        CountingObjectStore counting = new CountingObjectStore(bucket);
        try (BenchNode node = slowly(counting)) {
            double one = raw().seconds(slow.get(), 1);
            double four = raw().seconds(slow.get(), PARALLEL);
            counting.reset();
            Stopwatch watch = Stopwatch.start();
            new Readers(node.address()).grpc(LOAD.topic(), 0);
            double seconds = watch.seconds();
            new Figure("cold-replay").with("bytes", LOAD.totalBytes())
                    .measured("mb_per_second", LOAD.totalBytes() / 1e6 / seconds)
                    .measured("raw_1_mb_per_second", LOAD.totalBytes() / 1e6 / one)
                    .measured("raw_4_mb_per_second", LOAD.totalBytes() / 1e6 / four)
                    .measured("ratio_to_1", one / seconds)
                    .measured("ratio_to_4", four / seconds)
                    .measured("cpu_s_per_gb", watch.cpuSeconds() * 1e9 / LOAD.totalBytes())
                    .with("gets", counting.calls(Operation.GET))
                    .measured("bytes_read_per_byte",
                            (double) counting.bytes(Operation.GET) / LOAD.totalBytes())
                    .print();
        }
    }

    /** Once as fast as it goes, so that the code is compiled. */
    private void replay() throws Exception {
        try (BenchNode node = BenchNode.start((loop, workers) -> bucket)) {
            Stopwatch watch = Stopwatch.start();
            new Readers(node.address()).grpc(LOAD.topic(), 0);
            new Figure("cold-replay").with("store", "immediate")
                    .measured("mb_per_second", LOAD.totalBytes() / 1e6 / watch.seconds())
                    .measured("cpu_s_per_gb", watch.cpuSeconds() * 1e9 / LOAD.totalBytes())
                    .print();
        }
    }

    private BenchNode slowly(ObjectStore store) throws Exception {
        return BenchNode.start((loop, workers) -> {
            slow.set(BucketPace.of(store, loop));
            return slow.get();
        });
    }

    /** All segments. */
    private RawReads raw() {
        RawReads reads = new RawReads();
        for (ObjectPage.Entry segment : bucket.list(Listing.of(BucketLayout.SEGMENT_PREFIX))
                .await().objects()) {
            reads.add(segment.key(), new ByteRange(0, (int) segment.size()));
        }
        return reads;
    }
}
