package io.cordwood.cluster;

import java.time.Duration;

/**
 * How long a process waits for a committer that it does not hear before it takes its place. One
 * that was elected by itself alone, while others serve, is the one that cannot be reached, and
 * leaves them twice the time at each such term. Confined to a loop.
 */
final class Patience {

    /** How long the committer may be silent before another takes its place. */
    static final Duration SILENCE_MAX = Duration.ofSeconds(3);

    /** How long it may be that no line can be opened: whoever does not listen is not there. */
    static final Duration REFUSAL_MAX = Duration.ofMillis(1_200);

    /** A minute and a half of silence, at most. */
    private static final int DOUBLINGS_MAX = 5;

    private int lonelyTerms;

    /** How long a committer may be silent to which there is a line. */
    Duration silenceMax() {
        return grown(SILENCE_MAX);
    }

    /** How long it may be that no line can be opened. */
    Duration refusalMax() {
        return grown(REFUSAL_MAX);
    }

    /** This process was the committer, and of several others nobody listened. */
    void lonely() {
        lonelyTerms = Math.min(lonelyTerms + 1, DOUBLINGS_MAX);
    }

    /** This process reaches another, or is reached. */
    void reached() {
        lonelyTerms = 0;
    }

    private Duration grown(Duration patience) {
        return patience.multipliedBy(1L << lonelyTerms);
    }
}
