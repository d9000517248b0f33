package io.cordwood.simulation.truth;

/**
 * One try to have a batch stored.
 *
 * @param number counts all attempts: no two are the same
 * @param life the process it was sent to
 * @param next whether all that its line sent before was known to be stored when it was sent
 */
public record Attempt(long number, Dispatch dispatch, int life, long sentAtNanos, boolean next)
        implements
            Promised {

    @Override
    public String toString() {
        return "attempt " + number + " at process-" + life + " of " + dispatch;
    }
}
