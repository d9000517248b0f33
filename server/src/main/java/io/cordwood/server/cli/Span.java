package io.cordwood.server.cli;

/**
 * Offsets of a partition to read.
 *
 * @param start the first
 * @param end the first that is not wanted
 */
record Span(int partition, long start, long end) {

    /** How many offsets that are; none if it ends before it starts. */
    long size() {
        return Math.max(0, end - start);
    }

    /** What of it is not before an offset. */
    Span from(long offset) {
        return new Span(partition, Math.min(end, Math.max(start, offset)), end);
    }
}
