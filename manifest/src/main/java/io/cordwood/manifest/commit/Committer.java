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
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Orders what is to become true, writes it into the log entry by entry, and answers. Confined to a
 * loop.
 *
 * <p>One entry is on its way at a time; whatever comes meanwhile goes into the next one together. A
 * process becomes the committer by an entry that says so, and stops being it when it reads such an
 * entry of another process.
 */
public final class Committer implements Commits {

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
    private long writingNanos;
    private Consumer<EncodedEntry> written = entry -> {};

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

    /** From now on this one is told of each entry that is written, before anybody is answered. */
    public void onWritten(Consumer<EncodedEntry> listener) {
        written = listener;
    }

    /** Takes over from whoever was the committer. Complete when this process is it. */
    public Future<Void> elect() {
        return stand(follower.state().position().epoch())
                .compose(won -> won ? Future.succeededFuture() : elect());
    }

    /**
     * Tries to take over from whoever was the committer, once, unless there is another by now: of
     * several that find it gone, one takes its place. Answers whether this process is the
     * committer.
     *
     * @param epoch of the election that made the other one the committer
     */
    public Future<Boolean> stand(long epoch) {
        Invariant.check(loop.isCurrent(), "a committer is used on its loop");
        return follower.catchUp().compose(state -> state.position().epoch() == epoch
                ? runFor(state)
                : Future.succeededFuture(false));
    }

    /**
     * {@inheritDoc}
     *
     * <p>Fails with {@link FencedException} when another process took over. Only who slept or
     * waited so long that the others may have deleted the very entry is told {@link
     * UnknownOutcomeException}.
     */
    @Override
    public <T> Future<T> commit(Proposal<T> proposal) {
        return commit(proposal, Optional.empty());
    }

    /** Proposes something that another process has proposed. */
    public <T> Future<T> commit(Proposal<T> proposal, Origin origin) {
        return commit(proposal, Optional.of(origin));
    }

    private <T> Future<T> commit(Proposal<T> proposal, Optional<Origin> origin) {
        Invariant.check(loop.isCurrent(), "a committer is used on its loop");
        if (deposed.future().isComplete()) {
            return Future.failedFuture(deposed.future().result());
        }
        if (waiting.size() >= WAITING_MAX) {
            return Future.failedFuture(new UnavailableException(
                    "too many commits wait for the bucket: try again later"));
        }
        Promise<T> promise = Promise.promise();
        waiting.addLast(new Pending<>(proposal, promise, origin));
        writeNext();
        return promise.future();
    }

    /** Complete when another process has taken over, with what to tell people. */
    public Future<FencedException> deposed() {
        return deposed.future();
    }

    @Override
    public Future<FencedException> ended() {
        return deposed();
    }

    @Override
    public boolean isCommitter() {
        return isElected();
    }

    /** How long the entry is on its way already that is being written; zero if none is. */
    public Duration writesFor() {
        return writing ? Duration.ofNanos(loop.nanoTime() - writingNanos) : Duration.ZERO;
    }

    private Future<Boolean> runFor(ManifestState state) {
        ManifestEntry.Head head = head(state, state.position().epoch() + 1);
        EncodedEntry entry = EntryCodec.encode(new ManifestEntry(head, loop.now(),
                List.of(new CommitterElected(self.address()))), List.of());
        Moment begun = Moment.now(loop);
        return loop.confine(log.append(entry, follower.headKnown())).compose(
                outcome -> switch (outcome) {
                    case AppendOutcome.Committed committed -> {
                        follower.committed(committed.entry(), begun);
                        writeNext();
                        yield Future.succeededFuture(true);
                    }
                    case AppendOutcome.Lost lost -> follower.catchUp().map(false);
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
        writingNanos = begun.nanos();
        EncodedEntry entry = draft.encode();
        loop.confine(log.append(entry, follower.headKnown()))
                .onSuccess(outcome -> conclude(draft, entry, outcome, begun))
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

    private void conclude(EntryDraft draft, EncodedEntry entry, AppendOutcome outcome,
            Moment begun) {
        switch (outcome) {
            case AppendOutcome.Committed committed -> {
                long sequence = committed.entry().entry().sequence();
                follower.committed(committed.entry(), begun);
                ManifestInvariants.anAnswerFollowsItsEntry(follower.state(), sequence);
                writing = false;
                written.accept(entry);
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
