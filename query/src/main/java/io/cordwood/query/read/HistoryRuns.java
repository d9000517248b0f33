package io.cordwood.query.read;

import io.cordwood.history.batch.RebuiltBatches;
import io.cordwood.history.file.StoredHistory;
import io.cordwood.history.read.HistoryReader;
import io.cordwood.history.read.HistoryTail;
import io.cordwood.manifest.state.HistoryRef;
import io.cordwood.manifest.state.Run;
import io.cordwood.store.batch.TimedOffset;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Reads runs that are history: their batches are rebuilt, and hold what they ever held. */
public final class HistoryRuns {

    private final HistoryReader reader;

    public HistoryRuns(HistoryReader reader) {
        this.reader = reader;
    }

    /**
     * Whole batches from an offset of the run on. Where a piece of the file ends early that is kept
     * as one, the next one is read too.
     *
     * @param isReplayed whether what follows is likely to be asked for next
     */
    public Future<Batches> fetch(Run run, HistoryRef history, HistoryRead wanted,
            boolean isReplayed) {
        return reader.tail(StoredHistory.of(run, history))
                .compose(tail -> reader.fetch(tail, wanted.fromOffset(), wanted.bytesMax())
                        .compose(first -> isEnough(run, first, wanted.bytesMax())
                                ? Future.succeededFuture(batches(List.of(first)))
                                : reader.fetch(tail, first.nextOffset(),
                                        wanted.bytesMax() - first.size())
                                        .map(second -> batches(fitting(first, second,
                                                wanted.bytesMax()))))
                        .onSuccess(batches -> ahead(tail, batches, isReplayed)))
                .map(batches -> wanted.atLeastOne() || batches.size() <= wanted.bytesMax()
                        ? batches
                        : new Batches(List.of(), wanted.fromOffset(), 0));
    }

    private void ahead(HistoryTail tail, Batches batches, boolean isReplayed) {
        if (isReplayed && tail.stored().file().covers(batches.nextOffset())) {
            reader.unpackAhead(tail, batches.nextOffset());
        }
    }

    private static boolean isEnough(Run run, RebuiltBatches batches, int bytesMax) {
        return batches.size() >= bytesMax / 2 || batches.nextOffset() >= run.endOffset();
    }

    private static List<RebuiltBatches> fitting(RebuiltBatches first, RebuiltBatches second,
            int bytesMax) {
        return first.size() + second.size() <= bytesMax ? List.of(first, second) : List.of(first);
    }

    private static Batches batches(List<RebuiltBatches> rebuilt) {
        List<ByteBuffer> parts = rebuilt.stream().map(RebuiltBatches::batches).toList();
        return new Batches(parts, rebuilt.getLast().nextOffset(), 0);
    }

    /** The first record from an offset on that is at or after a time; empty if there is none. */
    public Future<Optional<TimedOffset>> firstAt(Run run, HistoryRef history, long fromOffset,
            long timestampMillis) {
        return reader.tail(StoredHistory.of(run, history)).compose(
                tail -> reader.recordAt(tail, timestampMillis, fromOffset));
    }

    /**
     * The first of those records from an offset on that have the largest timestamp; empty if none
     * has one.
     */
    public Future<Optional<TimedOffset>> latest(Run run, HistoryRef history, long fromOffset) {
        return reader.tail(StoredHistory.of(run, history))
                .compose(tail -> reader.latest(tail, fromOffset));
    }

    /**
     * What is wanted of a run.
     *
     * @param atLeastOne whether the first batch is wanted even if it is larger than the bound
     */
    public record HistoryRead(long fromOffset, int bytesMax, boolean atLeastOne) {}
}
