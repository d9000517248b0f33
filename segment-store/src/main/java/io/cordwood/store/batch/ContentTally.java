package io.cordwood.store.batch;

/** Counts the records of a batch while they go by. */
final class ContentTally {

    private int records;
    private long minMillis = Long.MAX_VALUE;
    private long maxMillis = Long.MIN_VALUE;
    private long minDatedMillis = Long.MAX_VALUE;
    private boolean keyed = true;

    void add(long timestampMillis, boolean hasKey) {
        records++;
        minMillis = Math.min(minMillis, timestampMillis);
        maxMillis = Math.max(maxMillis, timestampMillis);
        if (timestampMillis != LogRecord.NO_TIMESTAMP) {
            minDatedMillis = Math.min(minDatedMillis, timestampMillis);
        }
        keyed &= hasKey;
    }

    /** What the records were; at least one must have gone by. */
    BatchContent content(boolean stamped) {
        TimestampRange dated = minDatedMillis == Long.MAX_VALUE
                ? TimestampRange.EMPTY
                : new TimestampRange(minDatedMillis, maxMillis);
        return new BatchContent(records, new TimestampRange(minMillis, maxMillis), dated, keyed,
                stamped);
    }
}
