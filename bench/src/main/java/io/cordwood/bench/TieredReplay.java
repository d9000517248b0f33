package io.cordwood.bench;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.HistoryRef;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.SegmentRef;
import io.cordwood.manifest.state.Tier;
import io.cordwood.query.FetchRequest;
import io.cordwood.query.Fetched;
import io.cordwood.query.IsolationLevel;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.Workers;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.folder.FolderObjectStore;
import io.cordwood.store.segment.PartitionId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The same records kept as segments and as Parquet: how many bytes they are, and how fast they are
 * replayed by a node that remembers nothing, by one reader and by two, against ranged reads of the
 * very bytes that hold them, one after the other and four at a time. Over a folder whose files are
 * in the machine's memory: as it is, which is the worst case for whatever decodes, and at the pace
 * of a bucket.
 */
final class TieredReplay {

    private static final int PARALLEL = 4;
    private static final int FETCH_BYTES = 4 << 20;
    private static final Map<Tier, String> TOPICS = Map.of(Tier.LOG, "segments", Tier.HISTORY,
            "parquet");

    private final Events events;
    private final Path bucket;
    private final AtomicReference<CountingObjectStore> counting = new AtomicReference<>();
    private final AtomicReference<ObjectStore> store = new AtomicReference<>();

    private TieredReplay(Events events, Path bucket) {
        this.events = events;
        this.bucket = bucket;
    }

    static void run() throws Exception {
        for (Events events : List.of(new Events(1_024, 256_000), new Events(100, 1_500_000))) {
            try (Scratch scratch = Scratch.create()) {
                new TieredReplay(events, scratch.path("bucket").toAbsolutePath()).measure();
            }
        }
    }

    private void measure() throws Exception {
        write();
        for (Pace pace : Pace.values()) {
            for (Tier tier : List.of(Tier.LOG, Tier.HISTORY)) {
                replay(tier, pace, 1);
                for (int readers : List.of(1, 2)) {
                    figure(tier, pace, readers, replay(tier, pace, readers)).print();
                }
            }
        }
    }

    private void write() throws Exception {
        try (BenchNode node = BenchNode.start((loop, workers) -> folder(workers),
                Tiers::hurried)) {
            Tiers.create(node, "segments", Map.of("history.format", "segment"));
            Tiers.create(node, "parquet", Map.of("history.age.ms", "0"));
            for (Tier tier : List.of(Tier.LOG, Tier.HISTORY)) {
                events.send(node.kafka(), topic(tier), 0, 1_000_000);
                Tiers.await(node, topic(tier), tier);
            }
            long segments = Tiers.sizes(node, "segments").bytes();
            long parquet = Tiers.sizes(node, "parquet").bytes();
            new Figure("tiered-replay").with("what", "size")
                    .with("value_bytes", events.valueBytes())
                    .with("payload_bytes", events.payloadBytes())
                    .measured("lz4_batches_per_payload", ratio(segments, events.payloadBytes()))
                    .measured("parquet_per_payload", ratio(parquet, events.payloadBytes()))
                    .measured("parquet_per_lz4_batches", ratio(parquet, segments)).print();
        }
    }

    /** Each reader reads all. */
    private Replay replay(Tier tier, Pace pace, int readers) throws Exception {
        try (BenchNode node = BenchNode.start((loop, workers) -> open(pace, loop, workers))) {
            ManifestState state = node.state();
            UUID topic = state.topic(new TopicName(topic(tier))).orElseThrow().id();
            PartitionId partition = new PartitionId(topic, 0);
            RawReads raw = raw(state.partition(partition).orElseThrow().runs());
            double one = raw.seconds(store.get(), 1);
            double several = raw.seconds(store.get(), PARALLEL);
            counting.get().reset();
            Stopwatch watch = Stopwatch.start();
            Crew.work(readers, reader -> readAll(node, partition));
            return new Replay(watch.seconds(), watch.cpuSeconds(), one, several,
                    counting.get().calls(Operation.GET),
                    state.partition(partition).orElseThrow().sizeBytes());
        }
    }

    private static void readAll(BenchNode node, PartitionId partition) {
        long end = node.state().partition(partition).orElseThrow().nextOffset();
        long offset = 0;
        while (offset < end) {
            FetchRequest request = new FetchRequest(partition, offset, FETCH_BYTES, true,
                    IsolationLevel.READ_UNCOMMITTED);
            Fetched fetched = node.log().query().fetch(request).await();
            offset = fetched.nextOffset();
        }
    }

    /** The bytes of the runs and nothing else. */
    private static RawReads raw(Iterable<Run> runs) {
        RawReads reads = new RawReads();
        for (Run run : runs) {
            reads.add(run.key(), switch (run.home()) {
                case SegmentRef segment -> segment.range(run.position(), run.length());
                case HistoryRef history -> new ByteRange(0, run.length());
            });
        }
        return reads;
    }

    private Figure figure(Tier tier, Pace pace, int readers, Replay replay) {
        double payload = (double) events.payloadBytes() * readers;
        return new Figure("tiered-replay").with("what", topic(tier))
                .with("value_bytes", events.valueBytes()).with("readers", readers)
                .with("pace", pace)
                .measured("payload_mb_per_second", payload / 1e6 / replay.seconds())
                .measured("stored_mb_per_second",
                        (double) replay.storedBytes() * readers / 1e6 / replay.seconds())
                .measured("raw_1_mb_per_second",
                        replay.storedBytes() / 1e6 / replay.rawSeconds())
                .measured("raw_4_mb_per_second",
                        replay.storedBytes() / 1e6 / replay.rawParallelSeconds())
                .measured("ratio_to_1", replay.rawSeconds() * readers / replay.seconds())
                .measured("ratio_to_4",
                        replay.rawParallelSeconds() * readers / replay.seconds())
                .measured("cpu_s_per_gb_payload", replay.cpuSeconds() * 1e9 / payload)
                .with("gets", replay.gets());
    }

    private ObjectStore open(Pace pace, EventLoop loop, Workers workers) {
        counting.set(new CountingObjectStore(folder(workers)));
        store.set(switch (pace) {
            case MEMORY -> counting.get();
            case BUCKET -> BucketPace.of(counting.get(), loop);
        });
        return store.get();
    }

    private ObjectStore folder(Workers workers) {
        return FolderObjectStore.open(bucket, workers, new Random(1)).await();
    }

    private static String topic(Tier tier) {
        return TOPICS.getOrDefault(tier, "");
    }

    private static double ratio(long bytes, long of) {
        return (double) bytes / of;
    }

    /** What the store is as fast as. */
    private enum Pace {
        MEMORY, BUCKET
    }

    private record Replay(double seconds, double cpuSeconds, double rawSeconds,
            double rawParallelSeconds, long gets, long storedBytes) {}
}
