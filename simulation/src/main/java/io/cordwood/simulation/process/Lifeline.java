package io.cordwood.simulation.process;

import java.util.ArrayDeque;

/**
 * Whether a process runs, stands still or is gone. Everything that it does and everything that
 * reaches it passes here: while it stands still that waits, and once it is gone it is lost.
 */
final class Lifeline {

    private final ArrayDeque<Runnable> held = new ArrayDeque<>();
    private boolean still;
    private boolean gone;
    private long resumedAtNanos;

    boolean isGone() {
        return gone;
    }

    boolean isStill() {
        return still;
    }

    /** When it last began to run. */
    long resumedAtNanos() {
        return resumedAtNanos;
    }

    /** Does something in the process, as soon as it runs. */
    void deliver(Runnable act) {
        if (gone) {
            return;
        }
        if (still) {
            held.addLast(act);
        } else {
            act.run();
        }
    }

    /** From now on nothing happens in the process. */
    void stop() {
        still = true;
    }

    /** The process runs again, and first does what waited. */
    void resume(long nowNanos) {
        still = false;
        resumedAtNanos = nowNanos;
        while (!held.isEmpty() && !still && !gone) {
            held.removeFirst().run();
        }
    }

    /** Nothing ever happens in the process again. */
    void end() {
        gone = true;
        held.clear();
    }
}
