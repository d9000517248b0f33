package io.cordwood.server.node;

import io.cordwood.iceberg.PublisherStatistics;
import io.cordwood.iceberg.TablePublisher;
import io.cordwood.server.observe.Metrics;
import java.util.function.ToDoubleFunction;

/** What a node shows of the tables that it publishes. */
final class TableMetrics {

    private TableMetrics() {}

    static void register(Metrics metrics, TablePublisher publisher) {
        counter(metrics, publisher, "versions", "Versions of tables that were published",
                PublisherStatistics::versions);
        counter(metrics, publisher, "bytes", "Bytes of metadata that were written for tables",
                PublisherStatistics::bytes);
        counter(metrics, publisher, "failures",
                "Versions of tables that were not published, and are tried again",
                PublisherStatistics::failures);
    }

    private static void counter(Metrics metrics, TablePublisher publisher, String name,
            String meaning, ToDoubleFunction<PublisherStatistics> value) {
        metrics.counter("cordwood.tables." + name, meaning, publisher,
                source -> value.applyAsDouble(source.statistics()));
    }
}
