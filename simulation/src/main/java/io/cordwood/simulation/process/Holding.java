package io.cordwood.simulation.process;

import io.cordwood.simulation.truth.Judge;

/**
 * Bytes of one kind that a process has in its hands, counted by those who gave them to it or wait
 * for them, and never by the process.
 */
public final class Holding {

    private final Judge judge;
    private final String what;
    private final long bytesMax;
    private long bytes;

    /**
     * Nothing is held.
     *
     * @param what they are and who holds them, for people
     * @param bytesMax that the process may hold
     */
    Holding(Judge judge, String what, long bytesMax) {
        this.judge = judge;
        this.what = what;
        this.bytesMax = bytesMax;
    }

    /** The process has more in its hands. */
    public void take(long more) {
        bytes += more;
        judge.check(bytes <= bytesMax, "memory is bounded: %s are %d bytes, not %d", what, bytes,
                bytesMax);
    }

    /** The process has done with some. */
    public void giveBack(long less) {
        bytes -= less;
    }
}
