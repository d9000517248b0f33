package io.cordwood.indexer.collect;

import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.log.Checkpoints;
import io.cordwood.manifest.log.ManifestLog;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.EventLoop;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Optional;

/**
 * What was let go and when, as far back as it matters. As many marks as are made within the
 * retention, and they share what they have in common. Confined to a loop.
 */
final class Marks {

    private final Checkpoints checkpoints;
    private final Follower follower;
    private final EventLoop loop;
    private final ArrayDeque<Mark> marks = new ArrayDeque<>();

    Marks(Checkpoints checkpoints, Follower follower, EventLoop loop) {
        this.checkpoints = checkpoints;
        this.follower = follower;
        this.loop = loop;
    }

    /**
     * Makes a mark, unless nothing can be let go yet.
     *
     * @return fails when the checkpoint cannot be read that a process would start with
     */
    Future<Void> make() {
        return loop.confine(checkpoints.lastButOne()).compose(found -> found.isPresent()
                ? make(found.getAsLong())
                : Future.succeededFuture());
    }

    /** The newest that is as old as the retention. */
    Optional<Mark> due() {
        Optional<Mark> due = Optional.empty();
        while (!marks.isEmpty() && isDue(marks.getFirst())) {
            due = Optional.of(marks.removeFirst());
        }
        due.ifPresent(marks::addFirst);
        return due;
    }

    private boolean isDue(Mark mark) {
        return loop.nanoTime() - mark.nanos() >= ManifestLog.ENTRY_RETENTION.toNanos();
    }

    private Future<Void> make(long checkpoint) {
        Future<Void> read = !marks.isEmpty() && marks.getLast().checkpoint() == checkpoint
                ? Future.succeededFuture()
                : loop.confine(checkpoints.checkReadable(checkpoint));
        return read.onSuccess(readable -> add(checkpoint)).mapEmpty();
    }

    /** A checkpoint beyond this state is of others: this process knows nothing of its entries. */
    private void add(long checkpoint) {
        ManifestState state = follower.state();
        if (checkpoint <= state.sequence()) {
            marks.addLast(new Mark(checkpoint, state.references(), loop.nanoTime()));
        }
    }
}
