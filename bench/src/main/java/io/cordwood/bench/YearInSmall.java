package io.cordwood.bench;

import io.cordwood.indexer.IndexerStatistics;
import io.cordwood.manifest.state.Tier;
import io.cordwood.manifest.state.TierSizes;
import io.cordwood.runtime.Workers;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.folder.FolderObjectStore;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * A year of a topic: some 5 GB, whose records are dated over the last twelve months, flushed in
 * thousands of segments, merged, converted, and half of it expired in the end. Over a folder.
 */
final class YearInSmall {

    private static final String TOPIC = "year";
    private static final Events EVENTS = new Events(1_024, 4_800_000);
    private static final int MONTHS = 12;
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration FLUSH_INTERVAL = Duration.ofMillis(15);

    private final AtomicReference<CountingObjectStore> store = new AtomicReference<>();
    private final Stopwatch watch = Stopwatch.start();
    private long runsMost;

    private YearInSmall() {}

    static void run() throws Exception {
        try (Scratch scratch = Scratch.create()) {
            new YearInSmall().measure(scratch.path("bucket").toAbsolutePath());
        }
    }

    private void measure(Path bucket) throws Exception {
        try (BenchNode node = BenchNode.start((loop, workers) -> open(bucket, workers),
                settings -> Tiers.flushing(FLUSH_INTERVAL, Tiers.hurried(settings)))) {
            Tiers.create(node, TOPIC, Map.of("history.age.ms",
                    Long.toString(Duration.ofDays(30).toMillis())));
            long end = System.currentTimeMillis();
            long month = YEAR.toMillis() / MONTHS;
            Events monthly = new Events(EVENTS.valueBytes(), EVENTS.count() / MONTHS);
            for (int i = 0; i < MONTHS; i++) {
                monthly.send(node.kafka(), TOPIC, end - (MONTHS - i) * month,
                        end - (MONTHS - i - 1) * month);
                runsMost = Math.max(runsMost, Tiers.partition(node, TOPIC).runCount());
            }
            print("written", node);
            settle(node);
            print("settled", node);
            Tiers.set(node, TOPIC, "retention.ms", Long.toString(YEAR.toMillis() / 2));
            settle(node);
            print("half expired", node);
        }
    }

    private ObjectStore open(Path bucket, Workers workers) {
        store.set(new CountingObjectStore(
                FolderObjectStore.open(bucket, workers, new Random(1)).await()));
        return store.get();
    }

    /** Waits until nothing is done any more for longer than anything waits. */
    private void settle(BenchNode node) {
        long sequence = -1;
        while (sequence != node.state().sequence()) {
            sequence = node.state().sequence();
            LockSupport.parkNanos(Duration.ofSeconds(30).toNanos());
        }
    }

    private void print(String when, BenchNode node) {
        TierSizes sizes = Tiers.sizes(node, TOPIC);
        IndexerStatistics done = node.indexer();
        System.gc();
        Figure figure = new Figure("year-in-small").with("when", when)
                .with("payload_bytes", EVENTS.payloadBytes())
                .measured("seconds", watch.seconds()).measured("cpu_seconds", watch.cpuSeconds())
                .with("start_offset", Tiers.partition(node, TOPIC).startOffset())
                .with("next_offset", Tiers.partition(node, TOPIC).nextOffset())
                .with("runs_most", runsMost);
        for (Tier tier : Tier.values()) {
            figure.with(tier + "_runs", sizes.of(tier).runs())
                    .with(tier + "_bytes", sizes.of(tier).bytes());
        }
        figure.with("segments_put", store.get().calls(Operation.PUT))
                .with("entries_put", store.get().calls(Operation.PUT_IF_ABSENT))
                .with("gets", store.get().calls(Operation.GET))
                .with("merged_bytes", done.merge().bytes())
                .with("history_files_made", done.history().files())
                .with("history_bytes_made", done.history().bytes())
                .with("segment_objects", objects(BucketLayout.SEGMENT_PREFIX))
                .with("history_objects", objects(BucketLayout.HISTORY_PREFIX))
                .with("manifest_objects", objects(BucketLayout.LOG_PREFIX))
                .with("garbage", node.state().references().garbageCount())
                .with("failures", done.failures())
                .with("heap_bytes", ManagementFactory.getMemoryMXBean().getHeapMemoryUsage()
                        .getUsed())
                .print();
    }

    private int objects(String prefix) {
        Listing listing = Listing.of(prefix);
        ObjectPage page = store.get().list(listing).await();
        int count = page.objects().size();
        while (!page.last()) {
            page = store.get().list(listing.after(page.objects().getLast().key())).await();
            count += page.objects().size();
        }
        return count;
    }
}
