package io.cordwood.query.read;

/**
 * Offsets from one on, before another.
 *
 * @param from the first
 * @param end not included; batches begin before it or at it
 */
public record Interval(long from, long end) {

    /** All offsets. */
    public static final Interval ALL = new Interval(0, Long.MAX_VALUE);
}
