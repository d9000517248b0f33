package io.cordwood.bench;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** How long something took, each time. May be added to from any thread. */
final class Latencies {

    private static final double NANOS_PER_MILLI = 1e6;

    private final Queue<Long> nanos = new ConcurrentLinkedQueue<>();

    void add(long tookNanos) {
        nanos.add(tookNanos);
    }

    /** How many there are. */
    int count() {
        return nanos.size();
    }

    /** What so many percent took at most, in milliseconds. */
    double percentileMillis(int percent) {
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        int index = Math.min(sorted.length - 1, sorted.length * percent / 100);
        return sorted[index] / NANOS_PER_MILLI;
    }
}
