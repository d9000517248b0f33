package io.cordwood.ingest;

import java.time.Duration;

/**
 * The credits that flushes are paid with: one accrues per interval, and a few can be saved. After a
 * pause there is one to pay a lone append with at once; a steady trickle pays one per interval.
 *
 * @param credits that are saved, as of the last look
 * @param sinceNanos from when the next credit accrues, by {@code EventLoop.nanoTime}
 */
record FlushPace(long intervalNanos, int credits, long sinceNanos) {

    /** How many credits can be saved: a short burst is answered fast, and costs no more later. */
    static final int CREDITS_MAX = 4;

    FlushPace {
        if (intervalNanos <= 0 || credits < 0 || credits > CREDITS_MAX) {
            throw new IllegalArgumentException("credits accrue, and only so many are saved");
        }
    }

    /** The pace after a long pause. */
    static FlushPace rested(Duration interval, long nowNanos) {
        return new FlushPace(interval.toNanos(), CREDITS_MAX, nowNanos);
    }

    /** With what has accrued until now. */
    FlushPace at(long nowNanos) {
        long accrued = (nowNanos - sinceNanos) / intervalNanos;
        if (credits + accrued >= CREDITS_MAX) {
            return new FlushPace(intervalNanos, CREDITS_MAX, nowNanos);
        }
        return new FlushPace(intervalNanos, (int) (credits + accrued),
                sinceNanos + accrued * intervalNanos);
    }

    /** Whether a flush can be paid. */
    boolean hasCredit() {
        return credits > 0;
    }

    /**
     * After a flush now. One that could not be paid takes the credit in the making: so a load that
     * fills its segments within an interval flushes by size alone.
     */
    FlushPace flushed(long nowNanos) {
        FlushPace now = at(nowNanos);
        return now.hasCredit()
                ? new FlushPace(intervalNanos, now.credits - 1, now.sinceNanos)
                : new FlushPace(intervalNanos, 0, nowNanos);
    }

    /** How long until the next credit accrues: never more than an interval. */
    Duration untilCredit(long nowNanos) {
        return Duration.ofNanos(at(nowNanos).sinceNanos + intervalNanos - nowNanos);
    }
}
