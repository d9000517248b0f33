package io.cordwood.server.cli;

import java.util.List;

/** Lines that are sent in one request. */
record Batch(List<Line> lines) {

    Batch {
        lines = List.copyOf(lines);
    }

    long bytes() {
        return lines.stream().mapToLong(Line::bytes).sum();
    }
}
