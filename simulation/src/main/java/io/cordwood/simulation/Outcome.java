package io.cordwood.simulation;

import java.util.Optional;

/**
 * What came of a seed.
 *
 * @param events that happened
 * @param fingerprint differs when anything happened otherwise
 * @param failure what was wrong, with the last events; empty if nothing was
 */
public record Outcome(long seed, long events, long fingerprint, Tally tally,
        Optional<String> failure) {

    /**
     * How much was tried.
     *
     * @param faults injected into requests
     */
    public record Tally(long sent, long stored, long reads, long lives, long crashes, long faults) {

        static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0);

        Tally plus(Tally other) {
            return new Tally(sent + other.sent, stored + other.stored, reads + other.reads,
                    lives + other.lives, crashes + other.crashes, faults + other.faults);
        }
    }
}
