package io.cordwood.query;

import io.cordwood.manifest.state.PartitionState;
import io.cordwood.query.plan.FetchPlan;
import io.cordwood.query.plan.Slice;
import io.cordwood.query.plan.Start;
import io.cordwood.query.read.Batches;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.segment.PartitionId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Remembers where readers stopped. One that goes on from there is replaying: it is told where its
 * batch begins, without a look into an index, and the bytes that follow are asked for before it
 * asks, so that a cache below has them. Confined to a loop.
 */
final class ReadAhead {

    private static final int CURSORS_MAX = 10_000;

    /**
     * Less than this is only asked for at the end of a run: a request costs as much as a megabyte.
     */
    private static final int PIECE_BYTES_MIN = 1 << 20;

    private final ObjectStore store;
    private final int aheadBytes;
    private final Map<Place, Cursor> cursors = new LinkedHashMap<>();

    /** Asks for so many bytes ahead of a replaying reader; 0 to ask for none. */
    ReadAhead(ObjectStore store, int aheadBytes) {
        this.store = store;
        this.aheadBytes = aheadBytes;
    }

    /** Where to go on, if somebody stopped at the offset before. */
    Optional<Cursor> take(PartitionId partition, long offset) {
        return Optional.ofNullable(cursors.remove(new Place(partition, offset)));
    }

    /** Notes where a reader stopped, and reads on in its stead if it was replaying. */
    void note(PartitionId partition, PartitionState state, Batches batches,
            Optional<Cursor> before) {
        int runIndex = state.indexOfOffset(batches.nextOffset());
        if (runIndex == state.runCount()) {
            return;
        }
        long runBase = state.run(runIndex).baseOffset();
        int position = batches.nextOffset() == runBase ? 0 : batches.position();
        Mark here = new Mark(runBase, position);
        Mark asked = before.map(Cursor::asked).filter(mark -> mark.isAfter(here)).orElse(here);
        if (before.isPresent() && aheadBytes > 0) {
            asked = askAhead(state, new Start(runIndex, position, 0), asked);
        }
        remember(new Place(partition, batches.nextOffset()), new Cursor(here, asked));
    }

    /** Asks for each byte ahead once, in pieces that are worth a request. */
    private Mark askAhead(PartitionState state, Start start, Mark asked) {
        Mark reached = asked;
        for (Slice slice : FetchPlan.of(state, start, aheadBytes).slices()) {
            int from = reached.positionIn(slice);
            int length = slice.position() + slice.length() - from;
            if (length >= PIECE_BYTES_MIN || (length > 0 && slice.endsItsRun())) {
                Slice piece = new Slice(slice.run(), from, 0, length);
                store.fetchAhead(piece.key(), piece.range());
                reached = new Mark(slice.run().baseOffset(), from + length);
            }
        }
        return reached;
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
     */
    record Cursor(Mark next, Mark asked) {}

    /** A byte of a partition: of the run with that base offset, that many bytes into it. */
    record Mark(long runBaseOffset, int position) {

        boolean isAfter(Mark other) {
            return runBaseOffset > other.runBaseOffset
                    || (runBaseOffset == other.runBaseOffset && position > other.position);
        }

        /** The first byte of the slice, or after it, that is not before this mark. */
        int positionIn(Slice slice) {
            long runBase = slice.run().baseOffset();
            if (runBaseOffset != runBase) {
                return runBaseOffset < runBase
                        ? slice.position()
                        : slice.position() + slice.length();
            }
            return Math.max(slice.position(), position);
        }
    }
}
