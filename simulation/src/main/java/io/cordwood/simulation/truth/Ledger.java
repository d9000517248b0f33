package io.cordwood.simulation.truth;

import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.cordwood.simulation.truth.Issue.Answer;
import io.cordwood.simulation.truth.Issue.Sender;
import io.cordwood.store.segment.PartitionId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What producers sent once and were told of it, held against what is true. */
public final class Ledger {

    private final Judge judge;
    private final Truth truth;
    private final List<Issue> issues = new ArrayList<>();
    private final Set<Issue> open = new LinkedHashSet<>();
    private final Map<Way, Long> last = new HashMap<>();
    private final Map<Integer, Long> storedBy = new HashMap<>();
    private long stored;
    private long notStored;

    /** A ledger in which nothing stands. */
    public Ledger(Judge judge, Truth truth) {
        this.judge = judge;
        this.truth = truth;
        truth.onStored(this::appears);
    }

    /** A producer sends a record. */
    public Issue send(Sender sender, long nowNanos) {
        Issue issue = new Issue(issues.size(), sender, nowNanos);
        issues.add(issue);
        open.add(issue);
        return issue;
    }

    /** A producer is told that its record is stored. */
    public void stored(Issue issue, int partition, long offset) {
        close(issue, Answer.STORED);
        stored++;
        storedBy.merge(issue.life(), 1L, Long::sum);
        Optional<Place> place = truth.placeOf(issue.id());
        judge.check(place.isPresent(), "what is acknowledged is in the log: issue %d is not",
                issue.id());
        place.ifPresent(found -> judge.check(
                found.partition().partition() == partition && found.offset() == offset,
                "what is acknowledged is where it was said to be: issue %d is at %s, not at %d-%d",
                issue.id(), found, partition, offset));
    }

    /** A producer is told that its record was not stored, or may not be. */
    public void failed(Issue issue, Throwable reason) {
        boolean refused = reason instanceof UnavailableException
                || reason instanceof RejectedException || reason instanceof FencedException;
        judge.check(refused || reason instanceof UnknownOutcomeException,
                "an append is refused or unknown, not failed by %s", reason);
        judge.check(!hasBug(reason), "nothing is told of a bug as if it were a failure: %s",
                reason);
        notStored += reason instanceof RejectedException ? 0 : 1;
        close(issue, refused ? Answer.REFUSED : Answer.UNKNOWN);
        judge.check(!refused || truth.placeOf(issue.id()).isEmpty(),
                "what is refused is not in the log: issue %d is (%s)", issue.id(), reason);
    }

    /** Everything that was sent to a process and has no answer will never have one. */
    public void processEnded(int life) {
        open.removeIf(issue -> issue.life() == life);
    }

    /** What was sent and may still be answered, oldest first. */
    public Set<Issue> open() {
        return open;
    }

    /** How many records were sent. */
    public long sent() {
        return issues.size();
    }

    /** How many records were acknowledged. */
    public long stored() {
        return stored;
    }

    /** How many of them by a process. */
    public long stored(int life) {
        return storedBy.getOrDefault(life, 0L);
    }

    /** How many were not acknowledged although nothing was wrong with them. */
    public long notStored() {
        return notStored;
    }

    private void close(Issue issue, Answer answer) {
        judge.check(issue.answer() == Answer.NONE, "an append is answered once: issue %d",
                issue.id());
        issue.answer(answer);
        open.remove(issue);
    }

    private void appears(long id, Place place, BatchStamp stamp) {
        if (id >= Journal.FIRST_ID) {
            return;
        }
        boolean known = id >= 0 && id < issues.size();
        judge.check(known, "what is in the log was sent: %d", id);
        if (!known) {
            return;
        }
        judge.check(stamp.kind() == BatchStamp.Kind.PLAIN && stamp.producer().isEmpty(),
                "a batch is stored as it was sent: %d as %s", id, stamp);
        Issue issue = issues.get((int) id);
        judge.check(issue.answer() != Answer.REFUSED, "what was refused never appears: issue %d",
                id);
        Optional<Long> before = Optional.ofNullable(
                last.put(new Way(issue.sender(), place.partition()), id));
        judge.check(before.orElse(-1L) < id, "a sender's order is kept: issue %d came after %s", id,
                before);
    }

    static boolean hasBug(Throwable reason) {
        return reason instanceof AssertionError
                || Optional.ofNullable(reason.getCause()).map(Ledger::hasBug).orElse(false);
    }

    /** A sender's way into one life of a partition, should the topic be created again. */
    private record Way(Sender sender, PartitionId partition) {}
}
