package io.cordwood.bench;

import io.cordwood.indexer.IndexerSettings;
import io.cordwood.indexer.IndexerStatistics.Merges;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Run;
import io.cordwood.runtime.Workers;
import io.cordwood.server.node.NodeSettings;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ByteSource;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.folder.FolderObjectStore;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * How fast what was flushed becomes few long runs, by a node that does nothing else, and what that
 * takes, against copying the runs that come of it through the same store, in pieces of 32 MiB. Over
 * a folder.
 */
final class MergeRate {

    private static final String TOPIC = "flushed";
    private static final Events EVENTS = new Events(1_024, 1_500_000);
    private static final int PIECE_BYTES = 32 << 20;
    private static final Duration NEVER = Duration.ofDays(1_000);
    private static final Duration FLUSH_INTERVAL = Duration.ofMillis(15);
    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final Duration QUIET = Duration.ofSeconds(5);

    private final Path bucket;
    private final AtomicReference<CountingObjectStore> store = new AtomicReference<>();

    private MergeRate(Path bucket) {
        this.bucket = bucket;
    }

    static void run() throws Exception {
        try (Scratch scratch = Scratch.create()) {
            new MergeRate(scratch.path("bucket").toAbsolutePath()).measure();
        }
    }

    private void measure() throws Exception {
        try (BenchNode node = BenchNode.start((loop, workers) -> open(workers),
                settings -> Tiers.flushing(FLUSH_INTERVAL, idle(settings)))) {
            Tiers.create(node, TOPIC, Map.of("history.format", "segment"));
            EVENTS.send(node.kafka(), TOPIC, 0, 1_000_000);
        }
        try (BenchNode node = BenchNode.start((loop, workers) -> open(workers),
                Tiers::hurried)) {
            int runsBefore = Tiers.partition(node, TOPIC).runCount();
            Work merge = merge(node);
            PartitionState partition = Tiers.partition(node, TOPIC);
            Work copy = copy(partition);
            new Figure("merge-rate").with("stored_bytes", partition.sizeBytes())
                    .with("runs_before", runsBefore).with("runs_after", partition.runCount())
                    .with("longest_run", longest(partition))
                    .measured("merged_per_stored_byte",
                            (double) merge.bytes() / partition.sizeBytes())
                    .measured("merged_mb_per_second", merge.bytes() / 1e6 / merge.seconds())
                    .measured("copied_mb_per_second", copy.bytes() / 1e6 / copy.seconds())
                    .measured("ratio", merge.perSecond() / copy.perSecond())
                    .measured("cpu_s_per_gb_merged", merge.cpuPerGigabyte())
                    .measured("cpu_s_per_gb_copied", copy.cpuPerGigabyte())
                    .with("gets", merge.gets()).print();
        }
    }

    /** Waits until nothing was merged for a while. */
    private Work merge(BenchNode node) {
        Stopwatch watch = Stopwatch.start();
        Work done = new Work(0, 0, 0, 0);
        while (node.indexer().owedBytes() > 0
                || watch.seconds() - done.seconds() < QUIET.toSeconds()) {
            LockSupport.parkNanos(MOMENT.toNanos());
            Merges merges = node.indexer().merge();
            if (merges.bytes() != done.bytes()) {
                done = new Work(merges.bytes(), watch.seconds(), watch.cpuSeconds(),
                        store.get().calls(Operation.GET));
            }
        }
        return done;
    }

    private Work copy(PartitionState partition) {
        Stopwatch watch = Stopwatch.start();
        int copies = 0;
        for (Run run : partition.runs()) {
            ByteRange range = run.segment().range(run.position(), run.length());
            store.get().putStream(new ObjectKey("copy/" + copies++), new Pieces(run, range))
                    .await();
        }
        return new Work(partition.sizeBytes(), watch.seconds(), watch.cpuSeconds(), 0);
    }

    private static int longest(PartitionState partition) {
        int longest = 0;
        for (Run run : partition.runs()) {
            longest = Math.max(longest, run.length());
        }
        return longest;
    }

    /** The same, but that nothing is done behind the data path. */
    private static NodeSettings idle(NodeSettings settings) {
        IndexerSettings indexer = settings.indexer();
        return new NodeSettings(settings.ingest(), settings.requestsMaxBytes(),
                settings.readsMaxBytes(), settings.historyMaxBytes(), settings.checkpoints(),
                new IndexerSettings(NEVER, NEVER, NEVER, NEVER, indexer.collect(),
                        indexer.merge(), indexer.compaction()),
                settings.tables());
    }

    private ObjectStore open(Workers workers) {
        store.set(new CountingObjectStore(
                FolderObjectStore.open(bucket, workers, new Random(1)).await()));
        return store.get();
    }

    /** A run's bytes as a store has them. */
    private final class Pieces implements ByteSource {

        private final Run run;
        private final ByteRange range;
        private long position;

        Pieces(Run run, ByteRange range) {
            this.run = run;
            this.range = range;
            this.position = range.position();
        }

        @Override
        public Future<Optional<Bytes>> next() {
            int length = (int) Math.min(PIECE_BYTES, range.end() - position);
            if (length == 0) {
                return Future.succeededFuture(Optional.empty());
            }
            ByteRange piece = new ByteRange(position, length);
            position += length;
            return store.get().get(run.key(), piece).map(bytes -> Optional.of(Bytes.of(bytes)));
        }
    }

    private record Work(long bytes, double seconds, double cpuSeconds, long gets) {

        double perSecond() {
            return bytes / seconds;
        }

        double cpuPerGigabyte() {
            return cpuSeconds * 1e9 / bytes;
        }
    }
}
