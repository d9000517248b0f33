package io.cordwood.manifest.log;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: twice as long each time up to a bound, and a random part of
 * it, so that many who failed together do not come back together.
 */
public record Backoff(Duration first, Duration max, RandomGenerator chance) {

    private static final int DOUBLINGS_MAX = 20;

    /** From 50 ms to 2 s. */
    public static Backoff standard(RandomGenerator chance) {
        return new Backoff(Duration.ofMillis(50), Duration.ofSeconds(2), chance);
    }

    /** The wait after so many failed tries, from 1. */
    public Duration delay(int failures) {
        long doubled = first.toMillis() << Math.min(failures - 1, DOUBLINGS_MAX);
        long bound = Math.min(doubled, max.toMillis());
        return Duration.ofMillis(bound / 2 + chance.nextLong(bound / 2 + 1));
    }
}
