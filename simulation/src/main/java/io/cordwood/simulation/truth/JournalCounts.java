package io.cordwood.simulation.truth;

/** How often what producers may fear has happened to them. */
public final class JournalCounts {

    private long committed;
    private long aborted;
    private long repeated;
    private long fenced;

    JournalCounts() {}

    /** Transactions that were committed. */
    public long committed() {
        return committed;
    }

    /** Transactions that were aborted. */
    public long aborted() {
        return aborted;
    }

    /** Batches that a process said were stored when they had been before they were sent to it. */
    public long repeated() {
        return repeated;
    }

    /** Instances that were told that another is in their place. */
    public long fenced() {
        return fenced;
    }

    void countEnded(boolean wasCommitted) {
        if (wasCommitted) {
            committed++;
        } else {
            aborted++;
        }
    }

    /** An instance was told that another is in its place. */
    public void countFenced() {
        fenced++;
    }

    void countRepeated() {
        repeated++;
    }
}
