package io.cordwood.simulation.truth;

import java.util.Optional;

/** A batch that a producer sends again, the same, until it is told what became of it. */
public final class Dispatch {

    private final long firstId;
    private final int records;
    private final Line line;
    private final int firstSequence;
    private final Optional<Transaction> transaction;
    private int landingMax;
    private int storedRecords;

    Dispatch(long firstId, int records, Line line, Optional<Transaction> transaction) {
        this.firstId = firstId;
        this.records = records;
        this.line = line;
        this.firstSequence = line.take(records);
        this.transaction = transaction;
    }

    /** The number of its first record; those of the others follow. */
    public long firstId() {
        return firstId;
    }

    /** How many records it has. */
    public int records() {
        return records;
    }

    public Line line() {
        return line;
    }

    public int firstSequence() {
        return firstSequence;
    }

    /** The transaction that it is part of. */
    public Optional<Transaction> transaction() {
        return transaction;
    }

    /** Whether all of it is in the log. */
    boolean isStored() {
        return storedRecords >= records;
    }

    /** Whether some attempt to store it was made and not refused. */
    boolean mayLand() {
        return landingMax > 0;
    }

    void attempted() {
        landingMax++;
    }

    void refused() {
        landingMax--;
    }

    /** One of its records became part of the log. Whether it is the line's next. */
    boolean stored(long id) {
        storedRecords++;
        return line.stored(firstSequence + (int) (id - firstId));
    }

    @Override
    public String toString() {
        return "batch " + firstId + " (" + records + " from sequence " + firstSequence + " of "
                + line + ")";
    }
}
