package io.cordwood.indexer.convert;

import io.cordwood.history.file.StoredHistory;
import io.cordwood.history.read.HistoryReader;
import io.cordwood.manifest.state.HistoryRef;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.SegmentRef;
import io.cordwood.runtime.Workers;
import io.cordwood.store.batch.BatchHeader;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The batches of runs, one after the other, wherever they lie: of no run more than a piece is in
 * memory.
 */
public final class SourceBatches {

    private final ObjectStore store;
    private final Workers workers;
    private final HistoryReader history;

    /**
     * Reads from a store.
     *
     * @param workers on which batches are taken
     */
    public SourceBatches(ObjectStore store, Workers workers, HistoryReader history) {
        this.store = store;
        this.workers = workers;
        this.history = history;
    }

    /**
     * Takes all batches of a run, or those before one that cannot be taken.
     *
     * @return why that is, if so; fails with {@link io.cordwood.runtime.CorruptException} when the
     *         run is not what was written
     */
    public Future<Optional<String>> take(Run run, BatchTaker taker) {
        return take(of(run), taker);
    }

    private Future<Optional<String>> take(BatchPieces pieces, BatchTaker taker) {
        return pieces.next().compose(batches -> batches.isEmpty()
                ? Future.succeededFuture(Optional.empty())
                : workers.call(() -> take(batches.get(), taker))
                        .compose(refused -> refused.isPresent()
                                ? Future.succeededFuture(refused)
                                : take(pieces, taker)));
    }

    /** The batches of a run, from its first on. */
    BatchPieces of(Run run) {
        return switch (run.home()) {
            case SegmentRef segment -> new RunWindows(store, workers, run);
            case HistoryRef file -> new FilePieces(history, StoredHistory.of(run, file));
        };
    }

    /**
     * Takes batches that lie back to back, or those before one that cannot be taken.
     *
     * @return why that is, if so
     */
    static Optional<String> take(ByteBuffer batches, BatchTaker taker) {
        ByteBuffer bytes = batches.slice();
        int position = 0;
        while (position < bytes.capacity()) {
            int size = new BatchHeader(bytes, position).batchSize();
            Optional<String> refused = taker.take(bytes.slice(position, size));
            if (refused.isPresent()) {
                return refused;
            }
            position += size;
        }
        return Optional.empty();
    }

    /** Takes batches, one by one, in the order of their offsets. */
    @FunctionalInterface
    public interface BatchTaker {

        /**
         * Takes a batch.
         *
         * @param batch exactly one, with its absolute offsets
         * @return why that cannot be done, and no other is to be brought; empty if it was
         */
        Optional<String> take(ByteBuffer batch);
    }
}
