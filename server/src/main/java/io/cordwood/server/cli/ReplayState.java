package io.cordwood.server.cli;

import java.util.List;

/**
 * How far a replay has come.
 *
 * @param size how many offsets there were at first
 * @param left what is still to be printed of each partition
 */
record ReplayState(ReplayOrder order, long size, List<Span> left) {

    ReplayState {
        left = left.stream().filter(span -> span.size() > 0).toList();
    }

    /** A replay of which nothing is printed. */
    static ReplayState of(ReplayOrder order, List<Span> spans) {
        return new ReplayState(order, spans.stream().mapToLong(Span::size).sum(), spans);
    }

    /** How many offsets are behind it. */
    long done() {
        return size - left.stream().mapToLong(Span::size).sum();
    }
}
