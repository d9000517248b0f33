package io.cordwood.history.read;

import io.cordwood.history.batch.BatchBuilder;
import io.cordwood.history.batch.Packing;
import io.cordwood.history.batch.RebuiltBatches;
import io.cordwood.history.file.Damage;
import io.cordwood.history.file.HistoryFile;
import io.cordwood.history.file.StoredHistory;
import io.cordwood.history.rows.RowSpan;
import io.cordwood.history.rows.Rows;
import io.cordwood.runtime.Workers;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Reads history files. Keeps nothing, so any thread may use it; futures complete on any thread.
 *
 * <p>The tail of a file is one request, and a fetch from anywhere in it two or three more. Whoever
 * reads a file again should keep its tail, and whoever reads on should keep row groups or have the
 * store read ahead. Futures fail with {@link io.cordwood.runtime.CorruptException} when a file is
 * not what was written, and with what the store fails with.
 */
public final class HistoryReader {

    private final ObjectStore store;
    private final Workers workers;
    private final Packing packing;

    /**
     * Creates a reader.
     *
     * @param workers for whatever takes time: parsing, unpacking, packing
     * @param packing of the batches that are rebuilt
     */
    public HistoryReader(ObjectStore store, Workers workers, Packing packing) {
        this.store = store;
        this.workers = workers;
        this.packing = packing;
    }

    /** Reads the tail of a file: one request. */
    public Future<HistoryTail> tail(StoredHistory stored) {
        return PageFetch.get(store, stored, stored.file().shape().tail())
                .compose(bytes -> workers.call(() -> HistoryTail.parse(stored, bytes)));
    }

    /**
     * Reads batches from an offset on: at least one, even if there is no record any more, so that a
     * reader always gets on. Their first record is the first from the offset on.
     *
     * @param fromOffset one that the file covers
     * @param bytesMax how many bytes of records before they are packed, about; the answer is
     *        shorter where a row group ends
     */
    public Future<RebuiltBatches> fetch(HistoryTail tail, long fromOffset, int bytesMax) {
        HistoryFile file = tail.stored().file();
        if (!file.covers(fromOffset)) {
            throw new IllegalArgumentException(tail.stored() + " does not cover " + fromOffset);
        }
        return workers.call(() -> Damage.told(tail.stored(),
                () -> FetchPlan.of(tail, fromOffset, bytesMax)))
                .compose(plan -> plan.isEmpty()
                        ? Future.succeededFuture(
                                BatchBuilder.nothing(fromOffset, file.nextOffset()))
                        : fetch(tail, plan.get(), fromOffset, bytesMax));
    }

    private Future<RebuiltBatches> fetch(HistoryTail tail, ReadPlan plan, long fromOffset,
            int bytesMax) {
        return PageFetch.of(store, tail.stored(), plan)
                .compose(columns -> workers.call(() -> Damage.told(tail.stored(),
                        () -> BatchBuilder.rebuild(
                                Rows.read(columns, plan.rows(), nextOffset(tail, plan)),
                                fromOffset, bytesMax, packing))));
    }

    /**
     * Reads all records of a row group. They can be kept, shared, and rebuilt to batches from any
     * offset with {@link BatchBuilder#rebuild}.
     *
     * @param index from 0 to before {@link HistoryTail#rowGroups}
     */
    public Future<Rows> rowGroup(HistoryTail tail, int index) {
        RowSpan all = new RowSpan(0, tail.rowGroup(index).rows());
        return workers.call(() -> Damage.told(tail.stored(),
                () -> ReadPlan.of(tail, index, all, Rows.COLUMNS)))
                .compose(plan -> PageFetch.of(store, tail.stored(), plan)
                        .compose(columns -> workers.call(() -> Damage.told(tail.stored(),
                                () -> Rows.read(columns, all, nextOffset(tail, plan))))));
    }

    /**
     * Finds the row group that holds the first record from an offset on; empty if there is no such
     * record.
     */
    public Future<Optional<Integer>> rowGroupAt(HistoryTail tail, long fromOffset) {
        return workers.call(() -> Damage.told(tail.stored(),
                () -> Seek.of(tail, fromOffset).map(Seek::rowGroup)));
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

    /** At the end of the file, where it ends; elsewhere nothing is known of what follows. */
    private static long nextOffset(HistoryTail tail, ReadPlan plan) {
        boolean last = plan.rowGroup() == tail.rowGroups() - 1
                && plan.rows().end() == tail.rowGroup(plan.rowGroup()).rows();
        return last ? tail.stored().file().nextOffset() : 0;
    }
}
