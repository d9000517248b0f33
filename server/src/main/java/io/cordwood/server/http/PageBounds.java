package io.cordwood.server.http;

import java.time.Duration;

/**
 * How much of the log is read for requests for records.
 *
 * @param sizeMaxBytes bytes of keys, values and headers in one answer, beyond the first record
 * @param allMaxBytes bytes that all answers under way may take together
 * @param pollsMax requests that may wait for records at one time
 * @param pollWaitMax how long one may wait; a longer time-out is shortened to this
 * @param answerWaitMax how long a client may take to read an answer
 */
public record PageBounds(int sizeMaxBytes, long allMaxBytes, int pollsMax, Duration pollWaitMax,
        Duration answerWaitMax) {

    /** 1 MiB an answer, 64 MiB for all; 1,000 who wait, up to 30 s; a minute to read the answer. */
    public static final PageBounds STANDARD = new PageBounds(1 << 20, 64 << 20, 1_000,
            Duration.ofSeconds(30), Duration.ofMinutes(1));

    public PageBounds {
        if (sizeMaxBytes <= 0 || allMaxBytes < sizeMaxBytes || pollsMax < 0) {
            throw new IllegalArgumentException("all answers have room for one");
        }
        if (pollWaitMax.isNegative() || !answerWaitMax.isPositive()) {
            throw new IllegalArgumentException("times are not negative");
        }
    }
}
