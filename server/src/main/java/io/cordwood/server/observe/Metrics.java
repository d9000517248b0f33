package io.cordwood.server.observe;

import io.cordwood.store.object.ObjectStore;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.ToDoubleFunction;

/** The numbers of one node, in the text format of Prometheus. */
public final class Metrics {

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(
            PrometheusConfig.DEFAULT);

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

    /** Shows a number that only rises, read from its source whenever somebody looks. */
    public <T> void counter(String name, String meaning, T source, ToDoubleFunction<T> value) {
        FunctionCounter.builder(name, source, value).description(meaning).register(registry);
    }

    /** All numbers now, as Prometheus reads them. */
    public String scrape() {
        return registry.scrape();
    }
}
