package io.cordwood.server.observe;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.server.observe.Metrics.LabelledValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
}
