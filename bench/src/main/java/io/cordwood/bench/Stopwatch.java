package io.cordwood.bench;

import java.lang.management.ManagementFactory;
import java.time.Duration;

/**
 * The time since some moment, by the wall and by the processors.
 *
 * @param cpuNanos that this process had used at that moment
 */
record Stopwatch(long beganNanos, long cpuNanos) {

    private static final double NANOS_PER_SECOND = 1e9;

    static Stopwatch start() {
        return new Stopwatch(System.nanoTime(), processNanos());
    }

    double seconds() {
        return nanos() / NANOS_PER_SECOND;
    }

    long nanos() {
        return System.nanoTime() - beganNanos;
    }

    /** What all threads of this process have used since. */
    double cpuSeconds() {
        return (processNanos() - cpuNanos) / NANOS_PER_SECOND;
    }

    private static long processNanos() {
        return ProcessHandle.current().info().totalCpuDuration().map(Duration::toNanos)
                .orElseGet(() -> ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime());
    }
}
