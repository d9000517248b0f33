package io.cordwood.cluster;

import io.cordwood.manifest.commit.Candidate;
import io.cordwood.manifest.commit.Commits;
import io.cordwood.manifest.commit.Committer;
import io.cordwood.manifest.commit.LeaveCluster;
import io.cordwood.manifest.commit.Proposal;
import io.cordwood.manifest.event.Member;
import io.cordwood.manifest.event.StoredEntry;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.log.Backoff;
import io.cordwood.manifest.log.ManifestLog;
import io.cordwood.manifest.state.Apply;
import io.cordwood.manifest.state.LogPosition;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.Invariant;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * This process among those that share a log: the committer, or one that listens to it and sends it
 * what is to be committed. What is proposed here is answered once, whoever commits it, and however
 * often that changes meanwhile. Confined to a loop.
 */
public final class Cluster implements Commits {

    private static final Logger LOG = LoggerFactory.getLogger(Cluster.class);

    private final Parts parts;
    private final Follower follower;
    private final EventLoop loop;
    private final UUID process;
    private final Patience patience = new Patience();
    private final Unanswered unanswered;
    private final CommitterEnd others;
    private final Promise<FencedException> ended = Promise.promise();
    private final Promise<Void> found = Promise.promise();
    private Role role = new Role.Seeking();
    private ManifestState seen;
    private Optional<String> silent = Optional.empty();
    private int failures;

    /** A process that has not begun to look for the committer. */
    public Cluster(Parts parts) {
        this.parts = parts;
        this.follower = parts.follower();
        this.loop = parts.loop();
        this.process = parts.ids().get();
        this.unanswered = new Unanswered(process);
        this.others = new CommitterEnd(follower, loop, process, patience);
        this.seen = follower.state();
        follower.listen(this::applied);
        follower.fenced().onSuccess(this::end);
    }

    /** What this process is. */
    private sealed interface Role {

        /** It does not know yet. */
        record Seeking() implements Role {}

        /** The committer. */
        record Committing(Committer committer) implements Role {}

        /** One that listens to it. */
        record Attending(Attendance attendance) implements Role {}
    }

    /** Looks for the committer, or becomes it. Complete when there is one that is reached. */
    public Future<Void> start() {
        Invariant.check(loop.isCurrent(), "a cluster is used on its loop");
        parts.lines().serve(others::accept);
        seek();
        return found.future();
    }

    @Override
    public <T> Future<T> commit(Proposal<T> proposal) {
        Invariant.check(loop.isCurrent(), "a cluster is used on its loop");
        if (ended.future().isComplete()) {
            return Future.failedFuture(ended.future().result());
        }
        if (Unanswered.isTooLarge(proposal, follower.state())) {
            return Future.failedFuture(new RejectedException(Reason.RECORD_TOO_LARGE,
                    "no entry of the log can hold it: write less at a time"));
        }
        Future<T> outcome = unanswered.add(proposal);
        dispatch();
        return outcome;
    }

    @Override
    public boolean isCommitter() {
        return role instanceof Role.Committing;
    }

    @Override
    public Future<FencedException> ended() {
        return ended.future();
    }

    /** This run of the process, as others know it. */
    public UUID process() {
        return process;
    }

    private boolean isOver() {
        return ended.future().isComplete();
    }

    private void seek() {
        role = new Role.Seeking();
        follower.catchUp().onComplete(done -> {
            if (isOver() || !(role instanceof Role.Seeking)) {
                return;
            }
            if (done.succeeded()) {
                failures = 0;
                choose(done.result().position());
            } else {
                Invariant.rethrow(done.cause());
                failures++;
                loop.schedule(parts.backoff().delay(failures), this::seek);
            }
        });
    }

    /** Who was elected under the address of this process was this one in an earlier life. */
    private void choose(LogPosition position) {
        if (position.isVacant() || position.address().equals(parts.lines().address())) {
            stand();
        } else {
            attend();
        }
    }

    private void attend() {
        Attendance attendance = new Attendance(parts, process, patience, new Listening());
        role = new Role.Attending(attendance);
        attendance.begin();
    }

    /** Takes the committer's place, unless somebody else has. */
    private void standFor(long epoch) {
        role = new Role.Seeking();
        follower.catchUp().onComplete(done -> {
            if (isOver() || !(role instanceof Role.Seeking)) {
                return;
            }
            if (done.succeeded() && done.result().position().epoch() == epoch) {
                stand();
            } else {
                seek();
            }
        });
    }

    private void stand() {
        Committer committer = new Committer(follower, parts.log(), loop,
                new Candidate(parts.ids().get(), parts.lines().address()), parts.ids());
        committer.onWritten(others::written);
        committer.stand(follower.state().position().epoch()).onComplete(done -> {
            if (isOver()) {
                return;
            }
            if (done.succeeded() && done.result()) {
                lead(committer);
            } else if (done.succeeded()) {
                seek();
            } else {
                stumble(done.cause());
            }
        });
    }

    private void stumble(Throwable failure) {
        Invariant.rethrow(failure);
        if (failure instanceof FencedException fenced) {
            end(fenced);
        } else {
            LOG.warn("Could not stand for the committer, and looks again: {}",
                    failure.toString());
            seek();
        }
    }

    private void lead(Committer committer) {
        LOG.info("Is the committer (epoch {})", follower.state().position().epoch());
        role = new Role.Committing(committer);
        others.begin(committer);
        committer.deposed().onSuccess(reason -> deposed(committer, reason));
        unanswered.recall();
        dismissSilent();
        found.tryComplete();
        dispatch();
    }

    /** Of the one before, it is known already that he is not heard. */
    private void dismissSilent() {
        silent.flatMap(address -> Succession.nodeAt(follower.state(), address))
                .map(Member::process).filter(before -> !before.equals(process))
                .ifPresent(before -> unanswered.add(new LeaveCluster(before)));
        silent = Optional.empty();
    }

    /** Where nobody else was elected, the log cannot be continued from here. */
    private void deposed(Committer committer, FencedException reason) {
        others.end();
        if (committer.isCommitter()) {
            end(reason);
        } else if (!isOver()) {
            LOG.warn("Is the committer no more: {}", reason.getMessage());
            loop.execute(this::seek);
            role = new Role.Seeking();
        }
    }

    private void applied(StoredEntry stored, ManifestState after) {
        ManifestState before = seen;
        seen = after;
        if (!Apply.counts(before, stored.entry())) {
            return;
        }
        unanswered.applied(stored.entry(), before);
        if (role instanceof Role.Attending attending) {
            if (after.position().epoch() != before.position().epoch()) {
                attending.attendance().end();
                role = new Role.Seeking();
                loop.execute(this::seek);
            } else if (after.position().isVacant() && !before.position().isVacant()) {
                loop.schedule(Succession.turn(after, process), () -> succeed(attending));
            }
        }
    }

    /** The committer has left, and nobody has taken its place yet. */
    private void succeed(Role.Attending attending) {
        if (!isOver() && role.equals(attending)) {
            attending.attendance().end();
            standFor(follower.state().position().epoch());
        }
    }

    /** What an earlier term of this process still has on its way comes back before others go. */
    private void dispatch() {
        switch (role) {
            case Role.Committing committing -> unanswered.giveTo(committing.committer(),
                    () -> loop.execute(this::dispatch));
            case Role.Attending attending -> attending.attendance().line()
                    .filter(line -> !unanswered.isAnyHere())
                    .ifPresent(line -> unanswered.sendOn(line, follower.state()));
            case Role.Seeking() -> {
            }
        }
    }

    private void end(FencedException reason) {
        if (ended.tryComplete(reason)) {
            if (role instanceof Role.Attending attending) {
                attending.attendance().end();
            }
            others.end();
            unanswered.end(reason);
            found.tryFail(reason);
        }
    }

    /** What becomes of what was proposed, as the committer tells it. */
    private final class Listening implements Attendance.Listener {

        @Override
        public void welcomed(long receivedNumber) {
            unanswered.received(receivedNumber);
            found.tryComplete();
            dispatch();
        }

        @Override
        public void told(FromCommitter.Entry entry) {
            parts.entries().told(entry.sequence(), entry.object().duplicate());
        }

        @Override
        public void judged(long number) {
            unanswered.judged(number, follower.state());
            dispatch();
        }

        @Override
        public void beat() {
            dispatch();
        }

        @Override
        public void silent() {
            silent = Optional.of(follower.state().position().address());
            standFor(follower.state().position().epoch());
        }
    }

    /**
     * What a process shares a log with.
     *
     * @param lines to others and from them
     * @param entries told of the records that come with entries
     */
    public record Parts(Follower follower, ManifestLog log, EventLoop loop, Lines lines,
            EntryListener entries, Supplier<UUID> ids, Backoff backoff) {}
}
