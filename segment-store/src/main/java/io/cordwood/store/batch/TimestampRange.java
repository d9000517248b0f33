package io.cordwood.store.batch;

/** The smallest and the largest timestamp of some records, in milliseconds since 1970 (UTC). */
public record TimestampRange(long minMillis, long maxMillis) {

    /** The range of no records: what is merged with it stays as it is. */
    public static final TimestampRange EMPTY = new TimestampRange(Long.MAX_VALUE, Long.MIN_VALUE);

    /** The smallest range that holds both. */
    public TimestampRange merge(TimestampRange other) {
        return new TimestampRange(Math.min(minMillis, other.minMillis),
                Math.max(maxMillis, other.maxMillis));
    }

    /** The smallest range that holds this one and the timestamp. */
    public TimestampRange include(long timestampMillis) {
        return merge(new TimestampRange(timestampMillis, timestampMillis));
    }
}
