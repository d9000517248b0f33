package io.cordwood.query;

import io.cordwood.manifest.state.PartitionState;
import io.cordwood.query.plan.AheadPlan;
import io.cordwood.query.plan.Mark;
import io.cordwood.query.plan.Start;
import io.cordwood.query.read.Batches;
import io.cordwood.query.read.RunsAhead;
import io.cordwood.runtime.EventLoop;
import io.cordwood.store.segment.PartitionId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers where readers stopped. One that goes on from there is replaying: it is told where its
 * batch begins, without a look into an index, and what follows is asked for before it asks, several
 * requests at a time, so that a cache below has it. Whoever reads more is trusted to read on, and
 * has more asked for. Confined to a loop.
 */
final class ReadAhead {

    private static final int CURSORS_MAX = 10_000;

    /** How much is asked for ahead of one reader: more than one can read while it comes. */
    private static final long READER_BYTES_MAX = 32 << 20;

    /** A reader is expected to read so many times what it has read. */
    private static final int TRUST = 4;

    private final RunsAhead runs;
    private final AheadBudget<Place> budget;
    private final Map<Place, Cursor> cursors = new LinkedHashMap<>();

    /** Asks for so many bytes ahead of all replaying readers together; 0 to ask for none. */
    ReadAhead(EventLoop loop, RunsAhead runs, long bytesMax) {
        this.runs = runs;
        this.budget = new AheadBudget<>(loop, bytesMax);
    }

    /** Where to go on, if somebody stopped at the offset before. */
    Optional<Cursor> take(PartitionId partition, long offset) {
        Place place = new Place(partition, offset);
        budget.release(place);
        return Optional.ofNullable(cursors.remove(place));
    }

    /** Notes where a reader stopped, and asks for what follows if it was replaying. */
    void note(PartitionId partition, PartitionState state, Batches batches,
            Optional<Cursor> before) {
        int runIndex = state.indexOfOffset(batches.nextOffset());
        if (runIndex == state.runCount()) {
            return;
        }
        Place place = new Place(partition, batches.nextOffset());
        Mark next = Mark.stopped(state.run(runIndex), batches.nextOffset(), batches.position());
        Cursor here = before.map(cursor -> cursor.movedTo(next, batches.size()))
                .orElseGet(() -> new Cursor(next, next, batches.size()))
                .or(Optional.ofNullable(cursors.get(place)));
        remember(place, before.isPresent()
                ? askAhead(place, state, new Start(runIndex, next.position(), 0), here)
                : here);
    }

    private Cursor askAhead(Place place, PartitionState state, Start start, Cursor here) {
        budget.release(place);
        long bytesMax = Math.min(budget.share(),
                Math.min(READER_BYTES_MAX, TRUST * here.readBytes()));
        AheadPlan plan = AheadPlan.of(state, start, here.asked(), bytesMax);
        plan.pieces().forEach(runs::ask);
        budget.hold(place, plan.bytes());
        return new Cursor(here.next(), plan.reached(), here.readBytes());
    }

    private void remember(Place place, Cursor cursor) {
        cursors.put(place, cursor);
        if (cursors.size() > CURSORS_MAX) {
            cursors.remove(cursors.keySet().iterator().next());
        }
    }

    private record Place(PartitionId partition, long offset) {}

    /**
     * Where a reader stopped.
     *
     * @param next where the next batch begins
     * @param asked up to where bytes were asked for ahead
     * @param readBytes in one go before
     */
    record Cursor(Mark next, Mark asked, long readBytes) {

        /** Of two readers who stopped at one place, the one who is further ahead counts. */
        Cursor or(Optional<Cursor> other) {
            return other.filter(it -> it.asked.isAfter(asked)).orElse(this);
        }

        Cursor movedTo(Mark place, int bytes) {
            return new Cursor(place, asked.isAfter(place) ? asked : place, readBytes + bytes);
        }
    }
}
