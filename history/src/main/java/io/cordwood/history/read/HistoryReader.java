package io.cordwood.history.read;

import io.cordwood.history.batch.BatchBuilder;
import io.cordwood.history.batch.Packing;
import io.cordwood.history.batch.RebuiltBatches;
import io.cordwood.history.file.Damage;
import io.cordwood.history.file.HistoryFile;
import io.cordwood.history.file.StoredHistory;
import io.cordwood.history.rows.Rows;
import io.cordwood.runtime.Workers;
import io.cordwood.store.batch.TimedOffset;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Reads history files. Any thread may use it; futures complete on any thread.
 *
 * <p>The tail of a file is one request, and a fetch from anywhere in it two or three more, unless
 * they are remembered. Futures fail with {@link io.cordwood.runtime.CorruptException} when a file
 * is not what was written, and with what the store fails with.
 */
public final class HistoryReader {

    private final ObjectStore store;
    private final Workers workers;
    private final Packing packing;
    private final HistoryMemory memory;

    /**
     * Creates a reader.
     *
     * @param workers for whatever takes time: parsing, unpacking, packing
     * @param packing of the batches that are rebuilt
     * @param memory what readers remember together
     */
    public HistoryReader(ObjectStore store, Workers workers, Packing packing,
            HistoryMemory memory) {
        this.store = store;
        this.workers = workers;
        this.packing = packing;
        this.memory = memory;
    }

    /** The tail of a file. */
    public Future<HistoryTail> tail(StoredHistory stored) {
        return memory.tails().get(stored.key(),
                () -> PageFetch.get(store, stored, stored.file().shape().tail())
                        .compose(bytes -> workers.call(() -> HistoryTail.parse(stored, bytes))));
    }

    /**
     * Reads batches from an offset on: at least one, even if there is no record any more, so that a
     * reader always gets on. Their first record is the first from the offset on.
     *
     * @param fromOffset one that the file covers
     * @param bytesMax how many bytes before they are packed; the first record is there whatever its
     *        size, and the answer is shorter where a piece ends that is kept as one
     */
    public Future<RebuiltBatches> fetch(HistoryTail tail, long fromOffset, int bytesMax) {
        HistoryFile file = tail.stored().file();
        if (!file.covers(fromOffset)) {
            throw new IllegalArgumentException(tail.stored() + " does not cover " + fromOffset);
        }
        return pieceAt(tail, fromOffset).compose(piece -> piece.isPresent()
                ? fetch(tail, piece.getAsInt(), fromOffset, bytesMax)
                : Future.succeededFuture(BatchBuilder.nothing(fromOffset, file.nextOffset())));
    }

    private Future<RebuiltBatches> fetch(HistoryTail tail, int piece, long fromOffset,
            int bytesMax) {
        return rows(tail, piece).compose(rows -> isBehind(tail, piece, rows, fromOffset)
                ? fetch(tail, piece + 1, fromOffset, bytesMax)
                : workers.call(() -> BatchBuilder.rebuild(rows, fromOffset, bytesMax, packing)));
    }

    /** Where offsets are missing, an offset may be looked for one piece too early. */
    private static boolean isBehind(HistoryTail tail, int piece, Rows rows, long fromOffset) {
        return rows.heads().firstAt(fromOffset) == rows.count()
                && piece + 1 < tail.pieces().count();
    }

    /**
     * Asks the store for the records from an offset on, before another, so that it has them when
     * they are read.
     */
    public void fetchAhead(HistoryTail tail, long fromOffset, long endOffset) {
        workers.call(() -> Damage.told(tail.stored(),
                () -> AheadRanges.of(tail, fromOffset, endOffset)))
                .onSuccess(ranges -> ranges
                        .forEach(range -> store.fetchAhead(tail.stored().key(), range)));
    }

    /**
     * Reads and unpacks what follows the piece that answers for an offset, so that it is remembered
     * when it is asked for.
     */
    public void unpackAhead(HistoryTail tail, long fromOffset) {
        pieceAt(tail, fromOffset).onSuccess(piece -> {
            if (piece.isPresent() && piece.getAsInt() + 1 < tail.pieces().count()) {
                rows(tail, piece.getAsInt() + 1);
            }
        });
    }

    private Future<OptionalInt> pieceAt(HistoryTail tail, long fromOffset) {
        return workers.call(() -> Damage.told(tail.stored(), () -> Seek.of(tail, fromOffset)
                .map(seek -> OptionalInt.of(
                        tail.pieces().numberOf(seek.rowGroup(), seek.earliestRow())))
                .orElseGet(OptionalInt::empty)));
    }

    private Future<Rows> rows(HistoryTail tail, int piece) {
        return memory.rows().get(new PieceKey(tail.stored().key(), piece),
                () -> read(tail, tail.pieces().get(piece), piece));
    }

    private Future<Rows> read(HistoryTail tail, Piece piece, int number) {
        boolean last = number == tail.pieces().count() - 1;
        long nextOffset = last ? tail.stored().file().nextOffset() : 0;
        return workers.call(() -> Damage.told(tail.stored(),
                () -> ReadPlan.of(tail, piece.rowGroup(), piece.rows(), Rows.COLUMNS)))
                .compose(plan -> PageFetch.of(store, tail.stored(), plan))
                .compose(columns -> workers.call(() -> Damage.told(tail.stored(),
                        () -> Rows.read(columns, piece.rows(), nextOffset))));
    }

    /** Finds the first record from an offset on that is at or after a time. */
    public Future<Optional<TimedOffset>> recordAt(HistoryTail tail, long timestampMillis,
            long fromOffset) {
        return new TimeSearch(store, workers, tail, fromOffset).firstAt(timestampMillis);
    }

    /**
     * Finds the first of those records from an offset on that have the largest timestamp; empty if
     * none has a timestamp.
     */
    public Future<Optional<TimedOffset>> latest(HistoryTail tail, long fromOffset) {
        return new TimeSearch(store, workers, tail, fromOffset).latest();
    }
}
