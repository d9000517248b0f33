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
 * <p>Some entries may be on their way at a time, each a little later than the one before: whatever
 * comes meanwhile goes into the next one together. An entry counts only after the one that it
 * follows, so all that are behind one that lost are void, wherever they land: what was in them is
 * judged again. Nobody is answered before all entries have landed that the answer rests on.
 *
 * <p>A process becomes the committer by an entry that says so, and stops being it when it reads
 * such an entry of another process.
 */
public final class Committer implements Commits {

    private static final int WAITING_MAX = 20_000;

    /** As many as are written in about the longest time that a bucket usually takes for one. */
    private static final int IN_FLIGHT_MAX = 4;

    /**
     * Between two entries: each costs a request, so they are not to be more than needed for commits
     * to take little longer than a request.
     */
    private static final Duration PAUSE = Duration.ofMillis(40);

    private final Follower follower;
    private final ManifestLog log;
    private final EventLoop loop;
    private final Candidate self;
    private final Supplier<UUID> ids;
    private final ArrayDeque<Pending<?>> waiting = new ArrayDeque<>();
    private final ArrayDeque<InFlight> inFlight = new ArrayDeque<>();

    /** With those behind one that lost, which are in flight no more and may still land as void. */
    private int unanswered;

    /** Until all of an entry have been told, nothing that hangs on them is judged. */
    private boolean answering;
    private final Promise<FencedException> deposed = Promise.promise();
    private boolean elected;
    private boolean pausing;
    private boolean behind;
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

    /** How long the first entry is on its way that has not landed; zero if none is. */
    public Duration writesFor() {
        return inFlight.isEmpty() ? Duration.ZERO : since(inFlight.getFirst().begun());
    }

    private Duration since(Moment moment) {
        return Duration.ofNanos(loop.nanoTime() - moment.nanos());
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

    private boolean isFull() {
        return Math.max(inFlight.size(), unanswered) >= IN_FLIGHT_MAX;
    }

    private boolean isElected() {
        return follower.state().position().committer().equals(self.id());
    }

    private void writeNext() {
        if (waiting.isEmpty() || answering || behind || isFull() || !isElected()
                || deposed.future().isComplete()) {
            return;
        }
        if (inFlight.isEmpty() || since(inFlight.getLast().begun()).compareTo(PAUSE) >= 0) {
            write();
        } else if (!pausing) {
            pausing = true;
            loop.schedule(PAUSE.minus(since(inFlight.getLast().begun())), () -> {
                pausing = false;
                writeNext();
            });
        }
    }

    private void write() {
        Moment begun = Moment.now(loop);
        ManifestState before = inFlight.isEmpty()
                ? follower.state()
                : inFlight.getLast().after();
        EntryDraft draft = draft(before, begun.wall());
        if (!draft.isEmpty()) {
            EncodedEntry entry = draft.encode();
            Future<AppendOutcome> outcome = loop
                    .confine(log.append(entry, follower.headKnown()));
            inFlight.addLast(new InFlight(before, draft, entry, begun, outcome));
            unanswered++;
            outcome.onComplete(done -> unanswered--);
            outcome.onComplete(done -> land());
        } else if (inFlight.isEmpty()) {
            answering = true;
            draft.answer();
            answering = false;
            writeNext();
        } else {
            putBack(draft);
        }
    }

    private EntryDraft draft(ManifestState state, Instant writtenAt) {
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

    /** In their order, whichever landed first. */
    private void land() {
        while (!inFlight.isEmpty() && inFlight.getFirst().outcome().isComplete()) {
            InFlight first = inFlight.getFirst();
            if (first.outcome().failed()) {
                abandon(first.outcome().cause());
            } else {
                conclude(first, first.outcome().result());
            }
        }
        writeNext();
    }

    private void conclude(InFlight first, AppendOutcome outcome) {
        switch (outcome) {
            case AppendOutcome.Committed committed -> {
                long sequence = committed.entry().entry().sequence();
                follower.committed(committed.entry(), first.begun());
                ManifestInvariants.anAnswerFollowsItsEntry(follower.state(), sequence);
                inFlight.removeFirst();
                written.accept(first.entry());
                answering = true;
                first.draft().answer();
                answering = false;
            }
            case AppendOutcome.Lost lost -> {
                putBackAll();
                behind = true;
                follower.catchUp().onComplete(done -> behind = false)
                        .onSuccess(state -> writeAgain()).onFailure(failure -> {
                            Invariant.rethrow(failure);
                            if (failure instanceof FencedException fenced) {
                                depose(fenced);
                            }
                            writeAgain();
                        });
            }
        }
    }

    private void writeAgain() {
        if (deposed.future().isComplete()) {
            failAll(deposed.future().result());
        }
        writeNext();
    }

    /** What was in entries that lost was never true: it is judged again. */
    private void putBackAll() {
        while (!inFlight.isEmpty()) {
            putBack(inFlight.removeLast().draft());
        }
    }

    private void putBack(EntryDraft draft) {
        draft.members().reversed().forEach(waiting::addFirst);
    }

    /**
     * The entry was created, but perhaps in the place of one that was deleted: what was in it and
     * behind it may be true or not.
     */
    private void abandon(Throwable failure) {
        Invariant.rethrow(failure);
        UnknownOutcomeException unknown = new UnknownOutcomeException(
                "nobody here knows what became of it: restart this process, which finds out",
                failure);
        while (!inFlight.isEmpty()) {
            inFlight.removeFirst().draft().members()
                    .forEach(member -> member.promise().fail(unknown));
        }
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
