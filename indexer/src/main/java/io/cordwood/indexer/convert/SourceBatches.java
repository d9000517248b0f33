package io.cordwood.indexer.convert;

import io.cordwood.history.file.StoredHistory;
import io.cordwood.history.read.HistoryReader;
import io.cordwood.history.read.HistoryTail;
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
 * The batches of runs, one after the other, wherever they lie. A run of a segment is in memory as a
 * whole, of a history file a piece of it.
 */
public final class SourceBatches {

    private static final int FETCH_BYTES = 4 << 20;

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
        return switch (run.home()) {
            case SegmentRef segment -> store.get(run.key(),
                    segment.range(run.position(), run.length()))
                    .compose(bytes -> workers.call(() -> take(new RunBatches(run, bytes), taker)));
            case HistoryRef file -> history.tail(StoredHistory.of(run, file))
                    .compose(tail -> take(tail, run.baseOffset(), taker));
        };
    }

    private static Optional<String> take(RunBatches batches, BatchTaker taker) {
        for (Optional<ByteBuffer> batch = batches.next(); batch.isPresent(); batch = batches
                .next()) {
            Optional<String> refused = taker.take(batch.get());
            if (refused.isPresent()) {
                return refused;
            }
        }
        return Optional.empty();
    }

    private Future<Optional<String>> take(HistoryTail tail, long offset, BatchTaker taker) {
        return offset >= tail.stored().file().nextOffset()
                ? Future.succeededFuture(Optional.empty())
                : history.fetch(tail, offset, FETCH_BYTES)
                        .compose(fetched -> workers.call(() -> take(fetched.batches(), taker))
                                .compose(refused -> refused.isPresent()
                                        ? Future.succeededFuture(refused)
                                        : take(tail, fetched.nextOffset(), taker)));
    }

    private static Optional<String> take(ByteBuffer batches, BatchTaker taker) {
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
