package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.EncodedEntry;
import io.cordwood.manifest.event.EntryCodec;
import io.cordwood.manifest.event.ManifestEntry;
import io.cordwood.manifest.event.ManifestEvent.CommitterElected;
import io.cordwood.manifest.event.StoredEntry;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.log.AppendOutcome;
import io.cordwood.manifest.log.ManifestLog;
import io.cordwood.manifest.log.Moment;
import io.cordwood.manifest.state.LogPosition;
import io.cordwood.manifest.state.ManifestInvariants;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.Invariant;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Orders what is to become true, writes it into the log entry by entry, and answers. Confined to a
 * loop.
 *
 * <p>One entry is on its way at a time; whatever comes meanwhile goes into the next one together. A
 * process becomes the committer by an entry that says so, and stops being it when it reads such an
 * entry of another process.
 */
public final class Committer {

    private static final int WAITING_MAX = 20_000;

    private final Follower follower;
    private final ManifestLog log;
    private final EventLoop loop;
    private final Candidate self;
    private final Supplier<UUID> ids;
    private final ArrayDeque<Pending<?>> waiting = new ArrayDeque<>();
    private final Promise<FencedException> deposed = Promise.promise();
    private boolean elected;
    private boolean writing;

    /** A committer that is not elected yet. */
    public Committer(Follower follower, ManifestLog log, EventLoop loop, Candidate self,
            Supplier<UUID> ids) {
        this.follower = follower;
        this.log = log;
        this.loop = loop;
        this.self = self;
        this.ids = ids;
        follower.listen(this::watch);
        follower.fenced().onSuccess(this::depose);
    }

    /** Takes over from whoever was the committer. Complete when this process is it. */
    public Future<Void> elect() {
        Invariant.check(loop.isCurrent(), "a committer is used on its loop");
        return follower.catchUp().compose(this::runFor);
    }

    /**
     * Proposes something. Proposals are judged in the order in which they come.
     *
     * @return complete when the proposal's entry is in the log and applied here; fails with the
     *         reason of a refusal, {@link FencedException} when another process took over, or
     *         {@link UnavailableException} when too many wait. In each of these cases nothing
     *         became true, and nothing will. Only who slept or waited so long that the others may
     *         have deleted the very entry is told {@link UnknownOutcomeException}.
     */
    public <T> Future<T> commit(Proposal<T> proposal) {
        Invariant.check(loop.isCurrent(), "a committer is used on its loop");
        if (deposed.future().isComplete()) {
            return Future.failedFuture(deposed.future().result());
        }
        if (waiting.size() >= WAITING_MAX) {
            return Future.failedFuture(new UnavailableException(
                    "too many commits wait for the bucket: try again later"));
        }
        Promise<T> promise = Promise.promise();
        waiting.addLast(new Pending<>(proposal, promise));
        writeNext();
        return promise.future();
    }

    /** Complete when another process has taken over, with what to tell people. */
    public Future<FencedException> deposed() {
        return deposed.future();
    }

    private Future<Void> runFor(ManifestState state) {
        ManifestEntry.Head head = head(state, state.position().epoch() + 1);
        EncodedEntry entry = EntryCodec.encode(new ManifestEntry(head, loop.now(),
                List.of(new CommitterElected(self.address()))), List.of());
        Moment begun = Moment.now(loop);
        return loop.confine(log.append(entry, follower.headKnown())).compose(
                outcome -> switch (outcome) {
                    case AppendOutcome.Committed committed -> {
                        follower.committed(committed.entry(), begun);
                        writeNext();
                        yield Future.succeededFuture();
                    }
                    case AppendOutcome.Lost lost -> elect();
                });
    }

    private boolean isElected() {
        return follower.state().position().committer().equals(self.id());
    }

    private void writeNext() {
        if (writing || waiting.isEmpty() || !isElected() || deposed.future().isComplete()) {
            return;
        }
        Moment begun = Moment.now(loop);
        EntryDraft draft = draft(begun.wall());
        if (draft.isEmpty()) {
            draft.answer();
            writeNext();
            return;
        }
        writing = true;
        loop.confine(log.append(draft.encode(), follower.headKnown()))
                .onSuccess(outcome -> conclude(draft, outcome, begun))
                .onFailure(failure -> abandon(draft, failure));
    }

    private EntryDraft draft(Instant writtenAt) {
        ManifestState state = follower.state();
        EntryDraft draft = new EntryDraft(state, head(state, state.position().epoch()),
                writtenAt);
        while (!waiting.isEmpty() && draft.hasRoomFor(waiting.getFirst().proposal())) {
            draft.add(waiting.removeFirst());
        }
        return draft;
    }

    private ManifestEntry.Head head(ManifestState state, long epoch) {
        LogPosition position = state.position();
        return new ManifestEntry.Head(position.sequence() + 1, self.id(), ids.get(), epoch,
                position.nonce());
    }

    private void conclude(EntryDraft draft, AppendOutcome outcome, Moment begun) {
        switch (outcome) {
            case AppendOutcome.Committed committed -> {
                long sequence = committed.entry().entry().sequence();
                follower.committed(committed.entry(), begun);
                ManifestInvariants.anAnswerFollowsItsEntry(follower.state(), sequence);
                writing = false;
                draft.answer();
                writeNext();
            }
            case AppendOutcome.Lost lost -> follower.catchUp()
                    .onSuccess(state -> writeAgain(draft))
                    .onFailure(failure -> {
                        Invariant.rethrow(failure);
                        if (failure instanceof FencedException fenced) {
                            depose(fenced);
                        }
                        writeAgain(draft);
                    });
        }
    }

    private void writeAgain(EntryDraft draft) {
        writing = false;
        putBack(draft);
        writeNext();
    }

    /**
     * What was in an entry that lost was never true: it is judged again, or its proposers are told.
     */
    private void putBack(EntryDraft draft) {
        draft.members().reversed().forEach(waiting::addFirst);
        if (deposed.future().isComplete()) {
            failAll(deposed.future().result());
        }
    }

    /** The entry was created, but perhaps in the place of one that was deleted. */
    private void abandon(EntryDraft draft, Throwable failure) {
        Invariant.rethrow(failure);
        UnknownOutcomeException unknown = new UnknownOutcomeException(
                "nobody here knows what became of it: restart this process, which finds out",
                failure);
        draft.members().forEach(member -> member.promise().fail(unknown));
        depose(failure instanceof FencedException fenced
                ? fenced
                : new FencedException("the manifest log cannot be continued: " + failure, failure));
    }

    private void depose(FencedException reason) {
        deposed.tryComplete(reason);
        failAll(reason);
    }

    /** Told of every entry: the first after which this process is the committer no more ends it. */
    private void watch(StoredEntry entry, ManifestState state) {
        if (isElected()) {
            elected = true;
        } else if (elected) {
            LogPosition position = state.position();
            depose(new FencedException("another process took over the commit: "
                    + position.address() + " (epoch " + position.epoch() + ")"));
        }
    }

    private void failAll(FencedException reason) {
        while (!waiting.isEmpty()) {
            waiting.removeFirst().promise().fail(reason);
        }
    }
}
