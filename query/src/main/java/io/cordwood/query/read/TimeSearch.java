package io.cordwood.query.read;

import io.cordwood.manifest.state.HistoryRef;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.SegmentRef;
import io.cordwood.query.plan.FetchPlan;
import io.cordwood.query.plan.Piece;
import io.cordwood.runtime.CorruptException;
import io.cordwood.store.batch.BatchDecoder;
import io.cordwood.store.batch.StoredRecord;
import io.cordwood.store.batch.TimedOffset;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/**
 * Finds records of a run by their time, from an offset on: those before it may have been deleted.
 * Exact, since it looks at the records themselves. Keeps nothing.
 */
public final class TimeSearch {

    private final RunReader reader;
    private final HistoryRuns history;

    public TimeSearch(RunReader reader, HistoryRuns history) {
        this.reader = reader;
        this.history = history;
    }

    /**
     * The first record from an offset on that is at or after a time; the run must reach it.
     *
     * @return empty where the run begins before the offset, and has it there; or where only a
     *         record is as late that nobody reads, in history
     */
    public Future<Optional<TimedOffset>> firstAt(Run run, long fromOffset,
            long timestampMillis) {
        return switch (run.home()) {
            case SegmentRef segment -> firstInSegment(run, fromOffset, timestampMillis)
                    .map(found -> found.map(TimeSearch::timed));
            case HistoryRef file -> history.firstAt(run, file,
                    Math.max(fromOffset, run.baseOffset()), timestampMillis);
        };
    }

    private Future<Optional<StoredRecord>> firstInSegment(Run run, long fromOffset,
            long timestampMillis) {
        return pieces(run).compose(pieces -> firstAt(pieces.stream()
                .filter(piece -> piece.mayReach(fromOffset, timestampMillis)).toList(), fromOffset,
                timestampMillis)).map(found -> {
                    if (found.isEmpty() && run.baseOffset() >= fromOffset) {
                        throw new CorruptException("the run at offset " + run.baseOffset()
                                + " does not hold the time that the manifest says: "
                                + timestampMillis);
                    }
                    return found;
                });
    }

    /**
     * The first of those records from an offset on that have the largest timestamp.
     *
     * @return empty where there is no record from the offset on
     */
    public Future<Optional<TimedOffset>> latest(Run run, long fromOffset) {
        return switch (run.home()) {
            case SegmentRef segment -> pieces(run).compose(pieces -> latest(pieces, fromOffset))
                    .map(found -> found.map(TimeSearch::timed));
            case HistoryRef file -> history.latest(run, file,
                    Math.max(fromOffset, run.baseOffset()));
        };
    }

    private static TimedOffset timed(StoredRecord found) {
        return new TimedOffset(found.offset(), found.record().timestampMillis());
    }

    private Future<Optional<StoredRecord>> latest(List<Piece> pieces, long fromOffset) {
        Future<Optional<StoredRecord>> inCut = pieces.stream()
                .filter(piece -> piece.isCutBy(fromOffset)).findFirst()
                .map(piece -> records(piece, fromOffset).map(TimeSearch::latest))
                .orElseGet(() -> Future.succeededFuture(Optional.empty()));
        List<Piece> whole = pieces.stream()
                .filter(piece -> piece.slice().baseOffset() >= fromOffset).toList();
        long latest = whole.stream().mapToLong(Piece::maxTimestampMillis).max()
                .orElse(Long.MIN_VALUE);
        return inCut.compose(found -> whole.isEmpty()
                || found.filter(it -> it.record().timestampMillis() >= latest).isPresent()
                        ? Future.succeededFuture(found)
                        : firstAt(whole.stream()
                                .filter(piece -> piece.mayReach(fromOffset, latest)).toList(),
                                fromOffset, latest));
    }

    private static Optional<StoredRecord> latest(List<StoredRecord> records) {
        return records.stream().reduce((first, second) -> second.record()
                .timestampMillis() > first.record().timestampMillis() ? second : first);
    }

    private Future<Optional<StoredRecord>> firstAt(List<Piece> pieces, long fromOffset,
            long timestampMillis) {
        if (pieces.isEmpty()) {
            return Future.succeededFuture(Optional.empty());
        }
        return records(pieces.getFirst(), fromOffset).compose(records -> {
            Optional<StoredRecord> found = records.stream()
                    .filter(it -> it.record().timestampMillis() >= timestampMillis).findFirst();
            return found.isPresent()
                    ? Future.succeededFuture(found)
                    : firstAt(pieces.subList(1, pieces.size()), fromOffset, timestampMillis);
        });
    }

    private Future<List<StoredRecord>> records(Piece piece, long fromOffset) {
        return reader.read(new FetchPlan(List.of(piece.slice())), Interval.ALL, true)
                .map(batches -> batches.parts().stream()
                        .flatMap(part -> BatchDecoder.records(part, fromOffset).stream())
                        .toList());
    }

    private Future<List<Piece>> pieces(Run run) {
        return reader.isReadWhole(run)
                ? Future.succeededFuture(List.of(Piece.ofAll(run)))
                : reader.stretches(run).map(stretches -> Piece.of(run, stretches));
    }
}
