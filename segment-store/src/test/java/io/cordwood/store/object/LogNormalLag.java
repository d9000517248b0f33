package io.cordwood.store.object;

import java.time.Duration;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Draws delays as object stores have them: most near the median, a few far above. The same
 * generator gives the same delays. Confined to one thread.
 */
public final class LogNormalLag implements Function<Operation, Duration> {

    /** How many standard deviations the 99th percentile lies above the median. */
    private static final double P99_DEVIATIONS = 2.326_347_874;

    private final RandomGenerator random;
    private final double medianNanos;
    private final double deviation;

    /**
     * Creates a source of delays.
     *
     * @param p50 half of the delays are shorter
     * @param p99 one in a hundred is longer
     */
    public LogNormalLag(RandomGenerator random, Duration p50, Duration p99) {
        if (!p50.isPositive() || p99.compareTo(p50) < 0) {
            throw new IllegalArgumentException("0 < p50 <= p99");
        }
        this.random = random;
        this.medianNanos = p50.toNanos();
        this.deviation = Math.log((double) p99.toNanos() / p50.toNanos()) / P99_DEVIATIONS;
    }

    @Override
    public Duration apply(Operation operation) {
        return Duration.ofNanos((long) (medianNanos * Math.exp(deviation * random.nextGaussian())));
    }
}
