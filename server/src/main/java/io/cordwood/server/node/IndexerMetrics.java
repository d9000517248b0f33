package io.cordwood.server.node;

import io.cordwood.indexer.Indexer;
import io.cordwood.indexer.IndexerStatistics;
import io.cordwood.server.observe.Metrics;
import java.util.function.ToDoubleFunction;

/** What a node shows of the work behind its data path. */
final class IndexerMetrics {

    private IndexerMetrics() {}

    static void register(Metrics metrics, Indexer indexer) {
        counter(metrics, indexer, "merged.segments", "Segments that were made of others",
                all -> all.merge().segments());
        counter(metrics, indexer, "merged.runs", "Runs that took the place of others",
                all -> all.merge().runs());
        counter(metrics, indexer, "merged.bytes", "Bytes that were written to merge",
                all -> all.merge().bytes());
        counter(metrics, indexer, "history.files", "History files that were made",
                all -> all.history().files());
        counter(metrics, indexer, "history.bytes", "Bytes of the history files that were made",
                all -> all.history().bytes());
        counter(metrics, indexer, "history.records", "Records that became history",
                all -> all.history().records());
        counter(metrics, indexer, "compacted.partitions", "Times that a partition was compacted",
                all -> all.compacted().partitions());
        counter(metrics, indexer, "compacted.bytes",
                "Bytes of the history files that hold what compaction left",
                all -> all.compacted().bytes());
        counter(metrics, indexer, "compacted.records.removed",
                "Records that are gone because of a later one of their key, and what was aborted",
                all -> all.compacted().removed());
        counter(metrics, indexer, "expired",
                "Times that a partition's start moved past what is too old or too much",
                IndexerStatistics::expired);
        counter(metrics, indexer, "collected",
                "Segments and history files that are gone from the bucket",
                all -> all.collected().objects());
        counter(metrics, indexer, "collected.entries",
                "Manifest entries that are gone from the bucket",
                all -> all.collected().entries());
        counter(metrics, indexer, "collected.checkpoints",
                "Old checkpoints that are gone from the bucket, and were not when they were left",
                all -> all.collected().checkpoints());
        counter(metrics, indexer, "collected.orphans",
                "Segments and history files that the manifest never knew and are gone",
                all -> all.collected().orphans());
        counter(metrics, indexer, "failures", "Jobs that failed, and are tried again",
                IndexerStatistics::failures);
        gauge(metrics, indexer, "owed.bytes", "Bytes that are to be merged",
                IndexerStatistics::owedBytes);
        gauge(metrics, indexer, "history.owed.bytes", "Bytes that are to become history next",
                all -> all.history().owedBytes());
        gauge(metrics, indexer, "compaction.owed.bytes", "Bytes that are to be compacted",
                all -> all.compacted().owedBytes());
        gauge(metrics, indexer, "damaged.runs", "Runs that cannot be read and stay as they are",
                all -> all.stuck().damaged());
        gauge(metrics, indexer, "unconvertible.runs",
                "Runs that no history file can hold and that stay as they are",
                all -> all.stuck().unconvertible());
    }

    private static void gauge(Metrics metrics, Indexer indexer, String name, String meaning,
            ToDoubleFunction<IndexerStatistics> value) {
        metrics.gauge("cordwood.indexer." + name, meaning, indexer,
                source -> value.applyAsDouble(source.statistics()));
    }

    private static void counter(Metrics metrics, Indexer indexer, String name, String meaning,
            ToDoubleFunction<IndexerStatistics> value) {
        metrics.counter("cordwood.indexer." + name, meaning, indexer,
                source -> value.applyAsDouble(source.statistics()));
    }
}
