package io.cordwood.bench;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Tier;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.query.FetchRequest;
import io.cordwood.query.IsolationLevel;
import io.cordwood.server.grpc.proto.ProduceRequest;
import io.cordwood.server.node.NodeSettings;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.LaggingObjectStore;
import io.cordwood.store.object.LogNormalLag;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.cordwood.store.segment.PartitionId;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * What a gigabyte costs in requests over its life, at a few and at many partitions: to take it in,
 * to merge it, to make history of it, and to read all of it, by a node that remembers nothing, from
 * each of these. Each is done by itself, by a node that does nothing else. Ingest is paced and its
 * store is as slow as a bucket, for what is flushed together depends on it; the rest is counted
 * over memory.
 */
final class TierCost {

    private static final int BYTES_PER_SECOND = 20_000_000;
    private static final Load LOAD = new Load("t", 1_000, 10, 100_000_000);
    private static final int IN_FLIGHT = 2_000;
    private static final int REQUESTS = 4_000;
    private static final int READERS = 4;
    private static final int FETCH_BYTES = 1 << 20;
    private static final Duration MOMENT = Duration.ofMillis(200);
    private static final Duration CONVERSION_MAX = Duration.ofMinutes(5);

    private final int partitions;
    private final CountingObjectStore store = new CountingObjectStore(
            new MemoryObjectStore(InstantSource.system()));

    private TierCost(int partitions) {
        this.partitions = partitions;
    }

    static void run() throws Exception {
        for (int partitions : List.of(10, 1_000, 10_000)) {
            new TierCost(partitions).measure();
        }
    }

    private void measure() throws Exception {
        ingest();
        read(Tier.WAL);
        try (BenchNode node = node(Tiers::hurried)) {
            store.reset();
            await(node, Tier.LOG, Duration.ofDays(1));
            print("merged", 1);
        }
        read(Tier.LOG);
        convert();
    }

    private void ingest() throws Exception {
        try (BenchNode node = BenchNode.start((loop, workers) -> new LaggingObjectStore(store, loop,
                new LogNormalLag(new Random(1), Duration.ofMillis(75), Duration.ofMillis(160))),
                Tiers::resting)) {
            Tiers.create(node, LOAD.topic(), partitions, Map.of("history.format", "segment"));
            store.reset();
            new GrpcProducers(node.address(), IN_FLIGHT).produce(LOAD, requests(),
                    BYTES_PER_SECOND);
            print("ingested", 1);
        }
    }

    /** To each partition; and so many that none comes again in what is compressed at once. */
    private List<ProduceRequest> requests() {
        List<ProduceRequest> others = IntStream.range(0, REQUESTS).mapToObj(LOAD::grpc).toList();
        return IntStream.range(0, Math.max(partitions, REQUESTS))
                .mapToObj(i -> others.get(i % REQUESTS).toBuilder().setPartition(i % partitions)
                        .build())
                .toList();
    }

    /** As much as there is time for. */
    private void convert() throws Exception {
        double part;
        try (BenchNode node = node(Tiers::hurried)) {
            store.reset();
            Tiers.set(node, LOAD.topic(), "history.age.ms", "0");
            Tiers.set(node, LOAD.topic(), "history.format", "parquet");
            await(node, Tier.HISTORY, CONVERSION_MAX);
            part = 1.0 - (double) Tiers.sizes(node, LOAD.topic()).of(Tier.LOG).bytes()
                    / LOAD.totalBytes();
            print("converted", part);
        }
        if (part > 0.99) {
            read(Tier.HISTORY);
        }
    }

    private static void await(BenchNode node, Tier tier, Duration waitMax) {
        Stopwatch watch = Stopwatch.start();
        while (Tiers.sizes(node, LOAD.topic()).of(tier).bytes() < Tiers
                .sizes(node, LOAD.topic()).bytes() && watch.seconds() < waitMax.toSeconds()) {
            LockSupport.parkNanos(MOMENT.toNanos());
        }
    }

    private void read(Tier tier) throws Exception {
        try (BenchNode node = node(Tiers::resting)) {
            TopicState topic = node.state().topic(new TopicName(LOAD.topic())).orElseThrow();
            AtomicInteger next = new AtomicInteger();
            store.reset();
            Crew.work(READERS, reader -> {
                for (int i = next.getAndIncrement(); i < partitions; i = next.getAndIncrement()) {
                    readAll(node, new PartitionId(topic.id(), i), topic.partition(i));
                }
            });
            print("read from " + tier, 1);
        }
    }

    private static void readAll(BenchNode node, PartitionId id, PartitionState partition) {
        long offset = 0;
        while (offset < partition.nextOffset()) {
            offset = node.log().query().fetch(new FetchRequest(id, offset, FETCH_BYTES, true,
                    IsolationLevel.READ_UNCOMMITTED)).await().nextOffset();
        }
    }

    private BenchNode node(UnaryOperator<NodeSettings> settings) throws Exception {
        return BenchNode.start((loop, workers) -> store, settings);
    }

    /** Prints what was counted for a part of all bytes. */
    private void print(String what, double part) {
        double gigabytes = LOAD.totalBytes() * part / 1e9;
        new Figure("tier-cost").with("what", what).with("partitions", partitions)
                .measured("gigabytes", gigabytes)
                .measured("writes_per_gb", Prices.writes(store) / gigabytes)
                .measured("reads_per_gb", Prices.reads(store) / gigabytes)
                .measured("dollars_per_gb", Prices.dollars(store) / gigabytes).print();
    }
}
