package io.cordwood.server.observe;

import io.cordwood.store.object.ObjectStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The numbers of one node, in the text format of Prometheus. */
public final class Metrics {

    /** About twice as long each. */
    private static final Duration[] BUCKETS = IntStream
            .of(1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 60_000)
            .mapToObj(Duration::ofMillis).toArray(Duration[]::new);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(
            PrometheusConfig.DEFAULT);

    private final List<Runnable> labelled = new CopyOnWriteArrayList<>();

    /** The same store, but its requests are counted and timed. */
    public ObjectStore meter(ObjectStore bucket) {
        return new MeteredObjectStore(bucket, registry);
    }

    /**
     * Shows a number that rises and falls, read from its source whenever somebody looks.
     *
     * @param name in words joined by dots, with the unit last
     */
    public <T> void gauge(String name, String meaning, T source, ToDoubleFunction<T> value) {
        Gauge.builder(name, source, value).description(meaning).strongReference(true)
                .register(registry);
    }

    /**
     * Shows how long something takes, by buckets from a millisecond to a minute.
     *
     * @return told of each time in nanoseconds
     */
    public LongConsumer timer(String name, String meaning) {
        Timer timer = Timer.builder(name).description(meaning).serviceLevelObjectives(BUCKETS)
                .register(registry);
        return nanos -> timer.record(nanos, TimeUnit.NANOSECONDS);
    }

    /** Shows what the virtual machine and its process take. */
    public void watchProcess() {
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
    }

    /** Shows a number that only rises, read from its source whenever somebody looks. */
    public <T> void counter(String name, String meaning, T source, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, source, value).description(meaning).register(registry);
    }

    /**
     * Shows numbers that rise and fall, one for each of some things that come and go, whenever
     * somebody looks.
     *
     * @param rows what there is now; none twice with the same labels
     */
    public void gauges(String name, String meaning, Supplier<List<LabelledValue>> rows) {
        MultiGauge gauge = MultiGauge.builder(name).description(meaning).register(registry);
        labelled.add(() -> gauge.register(rows.get().stream()
                .map(row -> MultiGauge.Row.of(tags(row), row.value())).toList(), true));
    }

    private static Tags tags(LabelledValue row) {
        Tags tags = Tags.empty();
        for (Map.Entry<String, String> label : row.labels().entrySet()) {
            tags = tags.and(label.getKey(), label.getValue());
        }
        return tags;
    }

    /** All numbers now, as Prometheus reads them. Any thread may call. */
    public synchronized String scrape() {
        labelled.forEach(Runnable::run);
        return registry.scrape();
    }

    /** A number, and what it is of. */
    public record LabelledValue(Map<String, String> labels, double value) {

        public LabelledValue {
            labels = Map.copyOf(labels);
        }
    }
}
