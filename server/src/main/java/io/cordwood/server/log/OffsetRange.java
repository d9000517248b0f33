package io.cordwood.server.log;

/**
 * The offsets of a partition.
 *
 * @param start of the first record that can be read
 * @param end that the next record will get
 */
public record OffsetRange(long start, long end) {}
