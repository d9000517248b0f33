package io.cordwood.simulation.process;

/** Ends a process between two steps: what it sends, what it is told, and what its workers do. */
final class Trap {

    private int stepsLeft;
    private Runnable spring = () -> {};

    /** A trap that is not set. */
    Trap() {}

    /** Springs at the step that comes after so many others. */
    void set(int steps, Runnable whenSprung) {
        stepsLeft = steps;
        spring = whenSprung;
    }

    /** The process makes a step. */
    void step() {
        stepsLeft--;
        if (stepsLeft == 0) {
            spring.run();
        }
    }
}
