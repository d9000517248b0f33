package io.cordwood.cluster;

import io.cordwood.manifest.commit.Committer;
import io.cordwood.manifest.commit.LeaveCluster;
import io.cordwood.manifest.commit.Origin;
import io.cordwood.manifest.event.EncodedEntry;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.UnknownOutcomeException;
import io.vertx.core.AsyncResult;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The committer's end of the lines of all others: takes what they propose, and tells them of each
 * entry. While this process is not the committer, lines are closed. Confined to a loop.
 */
final class CommitterEnd {

    private static final Logger LOG = LoggerFactory.getLogger(CommitterEnd.class);

    private static final Duration BEAT = Duration.ofMillis(500);

    private final Follower follower;
    private final EventLoop loop;
    private final Set<End> ends = new LinkedHashSet<>();
    private final Map<UUID, Session> sessions = new HashMap<>();
    private final Set<UUID> dismissed = new HashSet<>();
    private final Presence presence;
    private final UUID self;
    private final Patience patience;
    private Optional<Committer> committer = Optional.empty();
    private long others;
    private boolean reached;

    /**
     * Of a process that is not the committer yet.
     *
     * @param self the process
     * @param patience that is told whether others reach this process
     */
    CommitterEnd(Follower follower, EventLoop loop, UUID self, Patience patience) {
        this.follower = follower;
        this.loop = loop;
        this.self = self;
        this.patience = patience;
        this.presence = new Presence(loop, self);
    }

    /**
     * Somebody has opened a line.
     *
     * @param line back to it
     * @return where its messages are to arrive
     */
    LineEnd<ToCommitter> accept(Line<FromCommitter> line) {
        return new End(line);
    }

    /** From now on this process is the committer. */
    void begin(Committer elected) {
        committer = Optional.of(elected);
        others = follower.state().nodes().processesBut(self).size();
        reached = false;
        sessions.clear();
        presence.begin();
        beat(elected);
    }

    /** From now on it is not. */
    void end() {
        if (committer.isPresent() && !reached && others > 1) {
            patience.lonely();
        }
        committer = Optional.empty();
        List.copyOf(ends).forEach(End::close);
    }

    /** An entry of this process is in the log, and applied here. */
    void written(EncodedEntry entry) {
        if (ends.isEmpty()) {
            return;
        }
        ByteBuffer object = entry.bytes().copy().asReadOnlyBuffer();
        for (End end : List.copyOf(ends)) {
            end.line.send(new FromCommitter.Entry(entry.entry().sequence(), object.duplicate()));
        }
    }

    /** Who cannot write is silent, so that somebody else may try. */
    private void beat(Committer term) {
        if (committer.filter(term::equals).isPresent()) {
            if (term.writesFor().compareTo(Patience.SILENCE_MAX) < 0) {
                List.copyOf(ends).forEach(End::alive);
            }
            presence.silent(follower.state().nodes(), BEAT).forEach(gone -> dismiss(term, gone));
            loop.schedule(BEAT, () -> beat(term));
        }
    }

    /** A node that is silent is gone for all, until it says that it is not. */
    private void dismiss(Committer term, UUID gone) {
        if (dismissed.add(gone)) {
            LOG.warn("Process {} was silent for {} s, and is taken for gone", gone,
                    Patience.SILENCE_MAX.toSeconds());
            term.commit(new LeaveCluster(gone)).onComplete(done -> dismissed.remove(gone));
        }
    }

    /** What was received of a process, and what of it was judged, under this epoch. */
    private static final class Session {

        private long receivedNumber;
        private long judgedNumber;

        boolean isSettled() {
            return receivedNumber == judgedNumber;
        }
    }

    /** Of whoever is gone, nothing is remembered but while it has proposals here. */
    private void forget(UUID process) {
        if (ends.stream().noneMatch(end -> end.process.filter(process::equals).isPresent())) {
            presence.lost(process);
            Optional.ofNullable(sessions.get(process)).filter(Session::isSettled)
                    .ifPresent(settled -> sessions.remove(process));
        }
    }

    /** The end of one line. */
    private final class End implements LineEnd<ToCommitter> {

        private final Line<FromCommitter> line;
        private Optional<UUID> process = Optional.empty();
        private boolean telling;

        End(Line<FromCommitter> line) {
            this.line = line;
        }

        @Override
        public void received(ToCommitter message) {
            switch (message) {
                case ToCommitter.Hello hello -> greet(hello);
                case ToCommitter.Propose propose -> session()
                        .ifPresentOrElse(session -> propose(session, propose), this::close);
                case ToCommitter.Alive() -> {
                }
            }
            process.ifPresent(presence::heard);
        }

        /** Whoever believes that somebody else is the committer is to find that out first. */
        private void greet(ToCommitter.Hello hello) {
            if (committer.isEmpty() || hello.epoch() != follower.state().position().epoch()) {
                close();
                return;
            }
            process = Optional.of(hello.process());
            reached = true;
            patience.reached();
            Session session = sessions.computeIfAbsent(hello.process(), id -> new Session());
            ends.add(this);
            line.send(new FromCommitter.Welcome(session.receivedNumber,
                    follower.state().sequence()));
            line.send(new FromCommitter.Judged(session.judgedNumber,
                    follower.state().sequence()));
        }

        private Optional<Session> session() {
            return process.filter(id -> committer.isPresent())
                    .flatMap(id -> Optional.ofNullable(sessions.get(id)));
        }

        private void propose(Session session, ToCommitter.Propose propose) {
            if (propose.number() <= session.receivedNumber) {
                return;
            }
            if (Unanswered.isTooLarge(propose.proposal(), follower.state())) {
                LOG.warn("A process proposes what no entry can hold: {}", origin(propose));
                close();
                return;
            }
            session.receivedNumber = propose.number();
            Origin origin = origin(propose);
            Committer term = committer.orElseThrow();
            term.commit(propose.proposal(), origin).onComplete(done -> {
                if (!term.deposed().isComplete() && isKnown(done)) {
                    session.judgedNumber = propose.number();
                    tell(session);
                    forget(origin.process());
                }
            });
        }

        private Origin origin(ToCommitter.Propose propose) {
            return new Origin(process.orElseThrow(), propose.number());
        }

        /** Of what may be in the log or not, nothing is told: the log itself will tell. */
        private static boolean isKnown(AsyncResult<?> done) {
            return done.succeeded() || !(done.cause() instanceof UnknownOutcomeException);
        }

        /** One answer for all that was judged together. */
        private void tell(Session session) {
            if (telling) {
                return;
            }
            telling = true;
            loop.execute(() -> {
                telling = false;
                if (!line.send(new FromCommitter.Judged(session.judgedNumber,
                        follower.state().sequence()))) {
                    close();
                }
            });
        }

        private void alive() {
            line.send(new FromCommitter.Alive(follower.state().sequence()));
        }

        private void close() {
            leave();
            line.close();
        }

        @Override
        public void closed() {
            leave();
        }

        private void leave() {
            ends.remove(this);
            process.ifPresent(CommitterEnd.this::forget);
        }
    }
}
