package io.cordwood.simulation.truth;

import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.store.batch.ProducerIdentity;
import java.util.ArrayList;
import java.util.List;

/** A transaction as its producer means it, and what became of it in the log. */
public final class Transaction {

    private final TransactionalId id;
    private final ProducerIdentity producer;
    private final List<Dispatch> dispatches = new ArrayList<>();
    private boolean commitAsked;
    private Fate fate = Fate.OPEN;

    Transaction(TransactionalId id, ProducerIdentity producer) {
        this.id = id;
        this.producer = producer;
    }

    /** Under which id it was begun. */
    public TransactionalId id() {
        return id;
    }

    /** The instance that began it. */
    public ProducerIdentity producer() {
        return producer;
    }

    /** Whether its producer has sent anything in it. */
    public boolean isEmpty() {
        return dispatches.isEmpty();
    }

    /** Its producer has all it sent confirmed, and asks for it to be committed. */
    public void askCommit() {
        commitAsked = true;
    }

    /** What became of it so far. */
    Fate fate() {
        return fate;
    }

    void sends(Dispatch dispatch) {
        dispatches.add(dispatch);
    }

    /** Whether it may end like that: what is committed was meant to be, and is complete. */
    boolean mayEnd(boolean committed) {
        return !committed || (commitAsked && dispatches.stream().allMatch(Dispatch::isStored));
    }

    /** It ended. */
    void end(boolean committed) {
        fate = committed ? Fate.COMMITTED : Fate.ABORTED;
    }

    @Override
    public String toString() {
        return "transaction of " + id + " by " + producer.id() + "/" + producer.epoch() + " of "
                + dispatches.size() + " batches (" + fate + ")";
    }

    /** What became of a transaction. */
    enum Fate {
        OPEN, COMMITTED, ABORTED
    }
}
