package io.cordwood.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.server.observe.Metrics.LabelledValue;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class MetricsTest {

    @Test
    void whatIsShownOfThingsThatComeAndGoIsAsItIsWhenSomebodyLooks() {
        Metrics metrics = new Metrics();
        List<LabelledValue> rows = new ArrayList<>();
        metrics.gauges("log.bytes", "Bytes of a topic", () -> List.copyOf(rows));

        rows.add(new LabelledValue(Map.of("topic", "orders", "tier", "wal"), 7));
        rows.add(new LabelledValue(Map.of("topic", "words", "tier", "wal"), 8));
        assertThat(metrics.scrape()).contains("log_bytes{tier=\"wal\",topic=\"orders\"} 7.0",
                "log_bytes{tier=\"wal\",topic=\"words\"} 8.0");

        rows.removeFirst();
        rows.set(0, new LabelledValue(Map.of("topic", "words", "tier", "wal"), 9));
        assertThat(metrics.scrape()).contains("log_bytes{tier=\"wal\",topic=\"words\"} 9.0")
                .doesNotContain("orders");
    }

    @Test
    void howLongSomethingTakesIsShownByBuckets() {
        Metrics metrics = new Metrics();
        LongConsumer timer = metrics.timer("acks", "How long it takes");

        timer.accept(Duration.ofMillis(3).toNanos());
        timer.accept(Duration.ofMillis(700).toNanos());

        assertThat(metrics.scrape()).contains("acks_seconds_bucket{le=\"0.002\"} 0",
                "acks_seconds_bucket{le=\"0.005\"} 1", "acks_seconds_bucket{le=\"1.0\"} 2",
                "acks_seconds_count 2");
    }

    @Test
    void whatTheProcessTakesIsShown() {
        Metrics metrics = new Metrics();

        metrics.watchProcess();

        assertThat(metrics.scrape()).contains("jvm_memory_used_bytes{area=\"heap\"",
                "process_cpu_usage", "process_uptime_seconds");
    }
}
