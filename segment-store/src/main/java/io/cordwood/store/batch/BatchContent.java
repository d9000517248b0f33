package io.cordwood.store.batch;

/**
 * What is known of the records of a batch.
 *
 * @param records how many there are: at least one
 * @param timestamps of all of them
 * @param dated the timestamps of those that have one; empty if none has
 * @param keyed whether each has a key
 * @param stamped whether all have the time of their append, and none its own
 */
record BatchContent(int records, TimestampRange timestamps, TimestampRange dated, boolean keyed,
        boolean stamped) {

    /** The same records, all with the time of their append. */
    BatchContent stampedAt(long millis) {
        TimestampRange append = new TimestampRange(millis, millis);
        return new BatchContent(records, append, append, keyed, true);
    }
}
