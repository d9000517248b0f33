package io.cordwood.simulation.truth;

/** One record that one producer sent once, and what it was told. */
public final class Issue implements Promised {

    private final long id;
    private final Sender sender;
    private final long sentAtNanos;
    private Answer answer = Answer.NONE;

    Issue(long id, Sender sender, long sentAtNanos) {
        this.id = id;
        this.sender = sender;
        this.sentAtNanos = sentAtNanos;
    }

    /** Counts all issues, from 0: later ones of a sender are higher. */
    public long id() {
        return id;
    }

    /** Who sent it, and where to. */
    public Sender sender() {
        return sender;
    }

    @Override
    public int life() {
        return sender.life();
    }

    @Override
    public long sentAtNanos() {
        return sentAtNanos;
    }

    /** What its sender was told so far. */
    public Answer answer() {
        return answer;
    }

    void answer(Answer told) {
        answer = told;
    }

    @Override
    public String toString() {
        return "issue " + id + " of " + sender;
    }

    /** What a sender was told. */
    public enum Answer {
        /** Nothing yet; and nothing ever, if its process ended. */
        NONE,
        /** It is durable. */
        STORED,
        /** It is not stored and never will be. */
        REFUSED,
        /** It may be stored, now or later. */
        UNKNOWN
    }

    /**
     * A producer's way into a partition: what it sends is stored in the order of sending.
     *
     * @param life the process it sends to
     */
    public record Sender(int producer, int life, String topic, int partition) {}
}
