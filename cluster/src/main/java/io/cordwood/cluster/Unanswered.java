package io.cordwood.cluster;

import io.cordwood.cluster.Own.Whereabouts;
import io.cordwood.manifest.commit.Committer;
import io.cordwood.manifest.commit.Proposal;
import io.cordwood.manifest.event.EntryCodec;
import io.cordwood.manifest.event.ManifestEntry;
import io.cordwood.manifest.event.Proposed;
import io.cordwood.manifest.state.Apply;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What this process has proposed and was not answered, in the order in which it was proposed.
 * Confined to a loop.
 *
 * <p>What was sent to another process is answered by the log alone: by the entry that it is in, or,
 * when it was judged and is in none, by what it comes to now. So it does not matter what becomes of
 * the line, or of the committer. When another process is elected, what is not in the log never will
 * be by the one before, and is proposed anew.
 */
final class Unanswered {

    private static final int COUNT_MAX = 20_000;
    private static final int SENT_MAX = 1_000;

    /** An entry has something beside it. */
    private static final int PROPOSAL_BYTES_MAX = EntryCodec.SIZE_MAX - (1 << 10);
    private static final long SENT_BYTES_MAX = 16 << 20;

    private final UUID process;
    private final Map<Long, Own<?>> all = new HashMap<>();
    private final ArrayDeque<Own<?>> waiting = new ArrayDeque<>();
    private long lastNumber;
    private Optional<Committer> holder = Optional.empty();
    private Optional<FencedException> over = Optional.empty();
    private int here;
    private int sent;
    private long sentBytes;

    /** Nothing, of a process. */
    Unanswered(UUID process) {
        this.process = process;
    }

    /** Whether there may be no entry that holds the proposal. */
    static boolean isTooLarge(Proposal<?> proposal, ManifestState state) {
        return proposal.entrySizeMax(state) > PROPOSAL_BYTES_MAX;
    }

    /** Something is proposed. Nobody has it yet. */
    <T> Future<T> add(Proposal<T> proposal) {
        if (all.size() >= COUNT_MAX) {
            return Future.failedFuture(new UnavailableException(
                    "too many commits wait for the bucket: try again later"));
        }
        lastNumber++;
        Own<T> own = new Own<>(lastNumber, proposal);
        all.put(lastNumber, own);
        waiting.addLast(own);
        return own.outcome();
    }

    /** Whether the committer of this process has some. */
    boolean isAnyHere() {
        return here > 0;
    }

    /**
     * Gives all that nobody has to the committer of this process, unless one of an earlier term
     * still has some: what was proposed first comes first. One that finds out meanwhile that
     * another was elected gets no more.
     *
     * @param free run when it has none any more, and some wait: those of a later term may go
     */
    void giveTo(Committer committer, Runnable free) {
        if (here > 0 && holder.filter(committer::equals).isEmpty()) {
            return;
        }
        holder = Optional.of(committer);
        while (!waiting.isEmpty() && !committer.deposed().isComplete()) {
            give(waiting.removeFirst(), committer, free);
        }
    }

    private <T> void give(Own<T> own, Committer committer, Runnable free) {
        own.enter(Whereabouts.HERE);
        here++;
        committer.commit(own.proposal()).onComplete(done -> {
            here--;
            if (done.succeeded()) {
                all.remove(own.number());
                own.succeed(done.result());
            } else if (over.isEmpty() && done.cause() instanceof FencedException
                    && committer.deposed().isComplete()) {
                own.enter(Whereabouts.WAITING);
                lineUp();
            } else {
                all.remove(own.number());
                own.fail(done.cause());
            }
            if (here == 0 && !waiting.isEmpty()) {
                free.run();
            }
        });
    }

    /** Sends what nobody has, as far as there is room. */
    void sendOn(Line<ToCommitter> line, ManifestState state) {
        while (!waiting.isEmpty() && sent < SENT_MAX && sentBytes < SENT_BYTES_MAX) {
            Own<?> own = waiting.getFirst();
            if (!line.send(new ToCommitter.Propose(own.number(), own.proposal()))) {
                return;
            }
            waiting.removeFirst();
            own.enter(Whereabouts.SENT);
            sent++;
            sentBytes += own.proposal().entrySizeMax(state);
        }
    }

    /** The committer has what was sent up to a number; the rest was lost on the way. */
    void received(long number) {
        recall(number);
    }

    /** Nobody has what was sent and is not in the log. */
    void recall() {
        recall(0);
    }

    private void recall(long afterNumber) {
        sent = 0;
        sentBytes = 0;
        for (Own<?> own : all.values()) {
            if (own.is(Whereabouts.SENT) && own.number() > afterNumber) {
                own.enter(Whereabouts.WAITING);
            } else if (own.is(Whereabouts.SENT)) {
                sent++;
            }
        }
        lineUp();
    }

    private void lineUp() {
        waiting.clear();
        all.values().stream().filter(own -> own.is(Whereabouts.WAITING))
                .sorted(Comparator.comparingLong(Own::number)).forEach(waiting::addLast);
    }

    /**
     * What was sent up to a number was judged, and what is not answered was not accepted.
     *
     * @param state that has all that was accepted
     */
    void judged(long number, ManifestState state) {
        List<Own<?>> left = all.values().stream()
                .filter(own -> own.is(Whereabouts.SENT) && own.number() <= number)
                .sorted(Comparator.comparingLong(Own::number)).toList();
        for (Own<?> own : left) {
            all.remove(own.number());
            takeBack(own, state);
            if (!own.judgedIn(state)) {
                lastNumber++;
                own.renumber(lastNumber);
                all.put(lastNumber, own);
                waiting.addLast(own);
            }
        }
    }

    /**
     * An entry of the log counts: it answers what is in it.
     *
     * @param before the state before it
     */
    void applied(ManifestEntry entry, ManifestState before) {
        List<Proposed> mine = entry.proposed().stream()
                .filter(proposed -> proposed.process().equals(process)).toList();
        if (mine.isEmpty()) {
            return;
        }
        ManifestState state = before;
        int next = 0;
        for (Proposed proposed : mine) {
            for (; next < proposed.event(); next++) {
                state = Apply.tryOut(state, entry.events().get(next), entry.head(),
                        entry.writtenAt());
            }
            accepted(proposed.number(), state);
        }
    }

    private void accepted(long number, ManifestState state) {
        Optional.ofNullable(all.remove(number)).ifPresent(own -> {
            takeBack(own, state);
            own.acceptedIn(state);
        });
    }

    private void takeBack(Own<?> own, ManifestState state) {
        if (own.is(Whereabouts.SENT)) {
            sent = Math.max(0, sent - 1);
            sentBytes = Math.max(0, sentBytes - own.proposal().entrySizeMax(state));
        } else {
            waiting.remove(own);
        }
    }

    /**
     * This process can commit nothing any more. What nobody has is refused; what was sent may be
     * in the log, which cannot be read on; what the committer of this process has, it answers.
     */
    void end(FencedException reason) {
        over = Optional.of(reason);
        UnknownOutcomeException unknown = new UnknownOutcomeException(
                "nobody here knows what became of it: restart this process, which finds out",
                reason);
        List<Own<?>> left = all.values().stream().filter(own -> !own.is(Whereabouts.HERE))
                .sorted(Comparator.comparingLong(Own::number)).toList();
        waiting.clear();
        for (Own<?> own : left) {
            all.remove(own.number());
            own.fail(own.is(Whereabouts.SENT) ? unknown : reason);
        }
    }
}
