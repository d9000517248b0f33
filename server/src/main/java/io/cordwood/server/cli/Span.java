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
}
