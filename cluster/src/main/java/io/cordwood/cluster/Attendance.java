package io.cordwood.cluster;

import io.cordwood.manifest.event.EntryCodec;
import io.cordwood.manifest.event.StoredEntry;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.state.LogPosition;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.Invariant;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process that listens to the committer: line after line, until it has heard nothing for too
 * long, or another was elected. Confined to a loop.
 */
final class Attendance {

    private static final Duration BEAT = Duration.ofMillis(500);
    private static final Logger LOG = LoggerFactory.getLogger(Attendance.class);

    private final Lines lines;
    private final Follower follower;
    private final EventLoop loop;
    private final UUID process;
    private final Patience patience;
    private final LogPosition position;
    private final Listener listener;
    private Optional<End> current = Optional.empty();
    private Optional<Line<ToCommitter>> line = Optional.empty();
    private Optional<FromCommitter.Judged> judged = Optional.empty();
    private Optional<FromCommitter.Welcome> welcome = Optional.empty();
    private boolean welcomed;
    private long heardNanos;
    private boolean over;

    /**
     * The attendance of a process that was elected at a position of the log. Nothing is opened yet.
     *
     * @param process that attends
     * @param patience with the committer
     */
    Attendance(Cluster.Parts parts, UUID process, Patience patience, Listener listener) {
        this.lines = parts.lines();
        this.follower = parts.follower();
        this.loop = parts.loop();
        this.process = process;
        this.patience = patience;
        this.position = follower.state().position();
        this.listener = listener;
    }

    /** Opens the first line. */
    void begin() {
        heardNanos = loop.nanoTime();
        LOG.info("Follows the committer at {} (epoch {})", position.address(), position.epoch());
        open();
        loop.schedule(BEAT, this::beat);
    }

    /** The line, while the committer is known to listen. */
    Optional<Line<ToCommitter>> line() {
        return line.filter(open -> welcomed);
    }

    /** Ends it; the listener is told nothing. */
    void end() {
        over = true;
        line.ifPresent(Line::close);
    }

    private void open() {
        End end = new End();
        current = Optional.of(end);
        Line<ToCommitter> opened = lines.open(position.address(), end);
        line = Optional.of(opened);
        opened.send(new ToCommitter.Hello(process, position.epoch()));
    }

    /** A line that was closed is opened anew, for as long as the committer may be there. */
    private void beat() {
        if (over) {
            return;
        }
        Duration silence = Duration.ofNanos(loop.nanoTime() - heardNanos);
        if (silence.compareTo(silenceMax()) > 0) {
            LOG.warn("The committer at {} was silent for {} ms", position.address(),
                    silence.toMillis());
            end();
            listener.silent();
            return;
        }
        if (current.isEmpty()) {
            open();
        }
        settle();
        line().ifPresent(open -> open.send(new ToCommitter.Alive()));
        listener.beat();
        loop.schedule(BEAT, this::beat);
    }

    private Duration silenceMax() {
        return current.isEmpty() ? patience.refusalMax() : patience.silenceMax();
    }

    private void told(FromCommitter.Entry told) {
        StoredEntry entry = EntryCodec.decode(told.sequence(), told.object());
        if (entry.hasInline()) {
            listener.told(told);
        }
        follower.pushed(entry).onFailure(Invariant::rethrow);
    }

    private void catchUp() {
        follower.catchUp().onFailure(Invariant::rethrow).onSuccess(state -> {
            if (isThereYet()) {
                settle();
            }
        });
    }

    private boolean isThereYet() {
        long needed = Math.max(judged.map(FromCommitter.Judged::sequence).orElse(0L),
                welcome.map(FromCommitter.Welcome::sequence).orElse(0L));
        return follower.state().sequence() >= needed;
    }

    /** The entries were told before, but those for which there was no room. */
    private void settle() {
        if (over) {
            return;
        }
        if (!isThereYet()) {
            catchUp();
            return;
        }
        welcome.ifPresent(said -> {
            welcome = Optional.empty();
            welcomed = true;
            patience.reached();
            listener.welcomed(said.receivedNumber());
        });
        judged.ifPresent(said -> {
            judged = Optional.empty();
            listener.judged(said.number());
        });
    }

    /** Wants to know what comes of it. */
    interface Listener {

        /** The committer listens, and has what was proposed up to a number. */
        void welcomed(long receivedNumber);

        /** An entry with records in it is in the log. */
        void told(FromCommitter.Entry entry);

        /** What was proposed up to a number was judged, and what was accepted is applied here. */
        void judged(long number);

        /** Time has passed. */
        void beat();

        /** Nothing was heard for too long. It is over. */
        void silent();
    }

    /** The end of one line. */
    private final class End implements LineEnd<FromCommitter> {

        @Override
        public void received(FromCommitter message) {
            if (over || current.filter(this::equals).isEmpty()) {
                return;
            }
            heardNanos = loop.nanoTime();
            switch (message) {
                case FromCommitter.Welcome said -> {
                    welcome = Optional.of(said);
                    settle();
                }
                case FromCommitter.Entry entry -> told(entry);
                case FromCommitter.Judged all -> {
                    judged = Optional.of(all);
                    settle();
                }
                case FromCommitter.Alive alive -> {
                    if (follower.state().sequence() < alive.sequence()) {
                        catchUp();
                    }
                }
            }
        }

        @Override
        public void closed() {
            if (current.filter(this::equals).isPresent()) {
                current = Optional.empty();
                line = Optional.empty();
                welcome = Optional.empty();
                welcomed = false;
            }
        }
    }
}
