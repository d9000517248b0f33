package io.cordwood.simulation.truth;

/**
 * Something that a process was asked for beside appends. It is answered once that is in the log or
 * refused, however long that takes and whoever commits it.
 *
 * @param number counts all of them: no two are the same
 * @param what was asked for, for people
 * @param life the process
 */
public record Inquiry(long number, String what, int life, long sentAtNanos) implements Promised {

    @Override
    public String toString() {
        return "\"" + what + "\" of process-" + life;
    }
}
