package io.cordwood.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long something took, each time. */
final class Latencies {

    private static final double NANOS_PER_MILLI = 1e6;

    private final List<Long> nanos = new ArrayList<>();

    void add(long tookNanos) {
        nanos.add(tookNanos);
    }

    /** What so many percent took at most, in milliseconds. */
    double percentileMillis(int percent) {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        int index = Math.min(sorted.size() - 1, sorted.size() * percent / 100);
        return sorted.get(index) / NANOS_PER_MILLI;
    }
}
