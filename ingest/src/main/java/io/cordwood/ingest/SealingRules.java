package io.cordwood.ingest;

/**
 * When an open segment is sealed: when it is full, whatever else is on its way; otherwise when the
 * flush can be paid and not too many are on their way. So nothing waits longer than one interval to
 * be sealed, unless the bucket is slow: then segments grow instead of getting many.
 *
 * @param sizeMaxBytes of batches in a segment
 * @param inFlightMax segments that are sealed and not done, for one more to be sealed unfilled
 */
record SealingRules(int sizeMaxBytes, int inFlightMax) {

    /** Whether a batch fits a segment that has so many bytes; an empty segment takes any. */
    boolean hasRoom(long openBytes, int batchBytes) {
        return openBytes == 0 || openBytes + batchBytes <= sizeMaxBytes;
    }

    /** What is to be done now with an open segment that is not empty. */
    Sealing judge(FlushPace pace, int inFlight, long nowNanos) {
        if (inFlight >= inFlightMax) {
            return new Sealing.AfterCommit();
        }
        return pace.at(nowNanos).hasCredit()
                ? new Sealing.Now()
                : new Sealing.After(pace.untilCredit(nowNanos));
    }
}
