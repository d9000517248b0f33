package io.cordwood.indexer.convert;

import io.cordwood.history.file.StoredHistory;
import io.cordwood.history.read.HistoryReader;
import io.cordwood.history.read.HistoryTail;
import io.cordwood.history.write.AppendOutcome;
import io.cordwood.history.write.HistoryWriter;
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
 * Adds runs to a history file, one after the other, wherever they lie. A run of a segment is in
 * memory as a whole, of a history file a piece of it.
 */
final class SourceAppend {

    private static final int FETCH_BYTES = 4 << 20;

    private final ObjectStore store;
    private final Workers workers;
    private final HistoryReader history;

    SourceAppend(ObjectStore store, Workers workers, HistoryReader history) {
        this.store = store;
        this.workers = workers;
        this.history = history;
    }

    /**
     * Adds all of a run.
     *
     * @return why that cannot be done, if so; fails with
     *         {@link io.cordwood.runtime.CorruptException} when it is not what was written
     */
    Future<Optional<String>> add(Run run, HistoryWriter writer) {
        return switch (run.home()) {
            case SegmentRef segment -> store.get(run.key(),
                    segment.range(run.position(), run.length()))
                    .compose(bytes -> workers.call(() -> add(new RunBatches(run, bytes), writer)));
            case HistoryRef file -> history.tail(StoredHistory.of(run, file))
                    .compose(tail -> add(tail, run.baseOffset(), writer));
        };
    }

    private static Optional<String> add(RunBatches batches, HistoryWriter writer) {
        for (Optional<ByteBuffer> batch = batches.next(); batch.isPresent(); batch = batches
                .next()) {
            if (writer.append(batch.get()) instanceof AppendOutcome.Unconvertible(String reason)) {
                return Optional.of(reason);
            }
        }
        return Optional.empty();
    }

    private Future<Optional<String>> add(HistoryTail tail, long offset, HistoryWriter writer) {
        return offset >= tail.stored().file().nextOffset()
                ? Future.succeededFuture(Optional.empty())
                : history.fetch(tail, offset, FETCH_BYTES)
                        .compose(fetched -> workers.call(() -> add(fetched.batches(), writer))
                                .compose(refused -> refused.isPresent()
                                        ? Future.succeededFuture(refused)
                                        : add(tail, fetched.nextOffset(), writer)));
    }

    private static Optional<String> add(ByteBuffer batches, HistoryWriter writer) {
        ByteBuffer bytes = batches.slice();
        int position = 0;
        while (position < bytes.capacity()) {
            int size = new BatchHeader(bytes, position).batchSize();
            if (writer.append(bytes.slice(position,
                    size)) instanceof AppendOutcome.Unconvertible(String reason)) {
                return Optional.of(reason);
            }
            position += size;
        }
        return Optional.empty();
    }
}
