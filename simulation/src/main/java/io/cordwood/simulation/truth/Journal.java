package io.cordwood.simulation.truth;

import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.cordwood.simulation.truth.Transaction.Fate;
import io.cordwood.store.batch.ProducerIdentity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What producers sent that are recognised, again and again and in transactions, and what they were
 * told, held against what is true.
 */
public final class Journal {

    /** The number of the first record in it: those in a {@link Ledger} have lower ones. */
    static final long FIRST_ID = 1L << 40;

    private final Judge judge;
    private final Truth truth;
    private final List<Dispatch> byRecord = new ArrayList<>();
    private final Set<Attempt> open = new LinkedHashSet<>();
    private final Map<ProducerIdentity, Integer> owners = new HashMap<>();
    private final JournalCounts counts = new JournalCounts();
    private final Rights rights;
    private long attempts;
    private int clients;

    /** A journal in which nothing stands. */
    public Journal(Judge judge, Truth truth) {
        this.judge = judge;
        this.truth = truth;
        this.rights = new Rights(judge, truth);
        truth.onStored(this::appears);
        truth.transactions().onEnded(this::ended);
    }

    /** How much of what it is about has happened. */
    public JournalCounts counts() {
        return counts;
    }

    /** How many records it is about. */
    public long sent() {
        return byRecord.size();
    }

    /** What producers have a right to. */
    public Rights rights() {
        return rights;
    }

    /** A new client comes, and has this number. */
    public int client() {
        clients++;
        return clients;
    }

    /** A client, by its number, is told which instance of a producer it is. */
    public void given(int client, ProducerIdentity instance) {
        int owner = Optional.ofNullable(owners.putIfAbsent(instance, client)).orElse(client);
        judge.check(owner == client, "an instance is given to one client: %s to %d and to %d",
                instance, owner, client);
    }

    /** An instance begins a transaction. */
    public Transaction begin(TransactionalId id, ProducerIdentity producer) {
        return new Transaction(id, producer);
    }

    /** A producer has a batch of so many records for a partition. */
    public Dispatch dispatch(Line line, Optional<Transaction> transaction, int records) {
        Dispatch dispatch = new Dispatch(FIRST_ID + byRecord.size(), records, line, transaction);
        for (int i = 0; i < records; i++) {
            byRecord.add(dispatch);
        }
        transaction.ifPresent(it -> it.sends(dispatch));
        return dispatch;
    }

    /**
     * A batch is sent to a process.
     *
     * @param next whether its producer knows that all it sent before to the partition is stored
     */
    public Attempt attempt(Dispatch dispatch, int life, long nowNanos, boolean next) {
        attempts++;
        Attempt attempt = new Attempt(attempts, dispatch, life, nowNanos, next);
        if (dispatch.isStored()) {
            counts.countRepeated();
        }
        dispatch.attempted();
        open.add(attempt);
        return attempt;
    }

    /** A process says that a batch is stored, whether or not it was by this attempt. */
    public void stored(Attempt attempt, long offset) {
        open.remove(attempt);
        Dispatch dispatch = attempt.dispatch();
        for (int i = 0; i < dispatch.records(); i++) {
            Place said = new Place(dispatch.line().partition(), offset + i);
            Optional<Place> place = truth.placeOf(dispatch.firstId() + i);
            judge.check(place.equals(Optional.of(said)) || isForgotten(dispatch),
                    "what is acknowledged is where it was said to be: %s is at %s, not %s",
                    dispatch,
                    place, said);
        }
    }

    /** A process says that it has not stored a batch, or may not have. */
    public void failed(Attempt attempt, Throwable reason) {
        open.remove(attempt);
        boolean refused = reason instanceof UnavailableException
                || reason instanceof RejectedException || reason instanceof FencedException;
        judge.check(refused || reason instanceof UnknownOutcomeException,
                "an append is refused or unknown, not failed by %s", reason);
        judge.check(!Ledger.hasBug(reason),
                "nothing is told of a bug as if it were a failure: %s", reason);
        if (refused) {
            attempt.dispatch().refused();
            judge.check(attempt.dispatch().mayLand()
                    || truth.placeOf(attempt.dispatch().firstId()).isEmpty(),
                    "what is refused is not in the log: %s is (%s)", attempt, reason);
        }
    }

    /** A producer is told that its transaction ended as it asked. */
    public void ended(Transaction transaction, boolean committed) {
        if (transaction.fate() == Fate.OPEN) {
            judge.check(!committed, "what is told to be committed is: %s is not", transaction);
            transaction.end(false);
        }
        judge.check((transaction.fate() == Fate.COMMITTED) == committed,
                "a transaction ended as its producer was told: %s", transaction);
    }

    /** Everything that was sent to a process and has no answer will never have one. */
    public void processEnded(int life) {
        open.removeIf(attempt -> attempt.life() == life);
    }

    /** What was sent and may still be answered, oldest first. */
    public Set<Attempt> open() {
        return open;
    }

    private void appears(long id, Place place, BatchStamp stamp) {
        if (id < FIRST_ID) {
            return;
        }
        boolean known = id - FIRST_ID < byRecord.size();
        judge.check(known, "what is in the log was sent: %d", id);
        if (known) {
            appears(byRecord.get((int) (id - FIRST_ID)), id, place, stamp);
        }
    }

    private void appears(Dispatch dispatch, long id, Place place, BatchStamp stamp) {
        Line line = dispatch.line();
        judge.check(dispatch.mayLand(), "what was refused never appears: %s", dispatch);
        judge.check(place.partition().equals(line.partition())
                && stamp.producer().equals(Optional.of(line.producer()))
                && stamp.firstSequence() == dispatch.firstSequence()
                && stamp.isTransactional() == dispatch.transaction().isPresent(),
                "a batch is stored as it was sent: %s as %s at %s", dispatch, stamp, place);
        judge.check(dispatch.stored(id) || isForgotten(dispatch),
                "a producer's records are stored in order, none left out: record %d of %s is not"
                        + " the next",
                id, dispatch);
        dispatch.transaction().ifPresent(transaction -> judge.check(
                transaction.fate() == Fate.OPEN,
                "nothing is added to a transaction that has ended: record %d to %s", id,
                transaction));
    }

    private boolean isForgotten(Dispatch dispatch) {
        return truth.isForgotten(dispatch.line().producer());
    }

    private void ended(List<Long> records, boolean committed) {
        Set<Transaction> ended = records.stream()
                .filter(id -> id >= FIRST_ID && id - FIRST_ID < byRecord.size())
                .flatMap(id -> byRecord.get((int) (id - FIRST_ID)).transaction().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        judge.check(ended.size() <= 1, "one transaction ends at a time: %s", ended);
        for (Transaction transaction : ended) {
            judge.check(transaction.mayEnd(committed),
                    "what is committed was meant to be, and is complete: %s", transaction);
            transaction.end(committed);
        }
        counts.countEnded(committed);
    }
}
