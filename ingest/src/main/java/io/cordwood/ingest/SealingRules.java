package io.cordwood.ingest;

import java.time.Duration;

/**
 * When an open segment is sealed: when it is full, whatever else is on its way; otherwise when the
 * flush can be paid and not too many are on their way. So nothing waits longer than one interval to
 * be sealed, unless the bucket is slow: then segments grow instead of getting many.
 *
 * <p>A segment that is worth a write by its bytes is sealed as soon as nothing more comes and
 * nothing else is on its way: then whoever sends only so much at a time, as Kafka's producers do,
 * waits for an answer, and there is nothing to be gathered by waiting too.
 *
 * @param sizeMaxBytes of batches in a segment
 * @param inFlightMax segments that are sealed and not done, for one more to be sealed unfilled
 */
record SealingRules(int sizeMaxBytes, int inFlightMax) {

    /** How many bytes are worth a write of their own: at the usual price, cents a gigabyte. */
    static final int WORTH_BYTES = 64 << 10;

    /** For how long nothing comes when nothing more will: a client answers sooner. */
    static final Duration LULL = Duration.ofMillis(5);

    /** Whether a batch fits a segment that has so many bytes; an empty segment takes any. */
    boolean hasRoom(long openBytes, int batchBytes) {
        return openBytes == 0 || openBytes + batchBytes <= sizeMaxBytes;
    }

    /** Whether a batch makes an open segment worth a write of its own. */
    boolean makesWorth(long openBytes, int batchBytes) {
        return openBytes < WORTH_BYTES && openBytes + batchBytes >= WORTH_BYTES;
    }

    /** What is to be done now with an open segment that is not empty. */
    Sealing judge(FlushPace pace, int inFlight, Filling open, long nowNanos) {
        if (inFlight >= inFlightMax) {
            return new Sealing.AfterCommit();
        }
        if (pace.at(nowNanos).hasCredit()) {
            return new Sealing.Now(SealCause.PACE);
        }
        Duration untilCredit = pace.untilCredit(nowNanos);
        if (inFlight > 0 || open.bytes() < WORTH_BYTES) {
            return new Sealing.After(untilCredit);
        }
        Duration lullLeft = LULL.minusNanos(nowNanos - open.lastNanos());
        return lullLeft.isPositive()
                ? new Sealing.After(lullLeft.compareTo(untilCredit) < 0 ? lullLeft : untilCredit)
                : new Sealing.Now(SealCause.LULL);
    }

    /**
     * How far an open segment is filled.
     *
     * @param bytes of its batches
     * @param lastNanos when the last of them came, by {@code EventLoop.nanoTime}
     */
    record Filling(long bytes, long lastNanos) {}
}
