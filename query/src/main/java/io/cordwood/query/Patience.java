package io.cordwood.query;

import java.time.Duration;

/**
 * What a reader waits for, and for how long.
 *
 * @param bytesMin of batches that are worth an answer
 * @param waitMax after which there is an answer with whatever there is
 */
public record Patience(long bytesMin, Duration waitMax) {

    public Patience {
        if (waitMax.isNegative()) {
            throw new IllegalArgumentException("nobody waits for a time in the past");
        }
    }

    /** Waits for anything at all. */
    public static Patience ofAnything(Duration waitMax) {
        return new Patience(1, waitMax);
    }
}
