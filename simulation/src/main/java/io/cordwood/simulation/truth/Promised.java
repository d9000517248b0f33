package io.cordwood.simulation.truth;

/** Something that a process has to answer. */
public sealed interface Promised permits Issue, Attempt, Inquiry {

    /** The process. */
    int life();

    /** When it was asked. */
    long sentAtNanos();
}
