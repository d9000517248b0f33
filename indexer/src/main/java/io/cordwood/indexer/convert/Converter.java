package io.cordwood.indexer.convert;

import io.cordwood.history.batch.Packing;
import io.cordwood.history.file.HistorySource;
import io.cordwood.history.read.HistoryMemory;
import io.cordwood.history.read.HistoryReader;
import io.cordwood.history.write.AppendOutcome;
import io.cordwood.history.write.FileLayout;
import io.cordwood.history.write.FinishedFile;
import io.cordwood.history.write.HistoryWriter;
import io.cordwood.manifest.commit.Committer;
import io.cordwood.manifest.commit.ConvertRuns;
import io.cordwood.manifest.commit.Replacement;
import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.HistoryPlace;
import io.cordwood.manifest.state.Run;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.runtime.Workers;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.TimestampRange;
import io.cordwood.store.layout.DataObject;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Carries out conversions: reads the sources, looks at every record, writes the file, and has it
 * take their place. A crash at any step leaves an object that nobody needs, and nothing else.
 * Confined to a loop.
 */
public final class Converter {

    private final ObjectStore store;
    private final Committer committer;
    private final EventLoop loop;
    private final Workers workers;
    private final Supplier<UUID> ids;
    private final FileLayout layout;
    private final SourceBatches sources;

    /**
     * A converter.
     *
     * @param workers for looking at every record, which takes time
     * @param layout how files are divided
     */
    public Converter(ObjectStore store, Committer committer, EventLoop loop, Workers workers,
            Supplier<UUID> ids, FileLayout layout) {
        this.store = store;
        this.committer = committer;
        this.loop = loop;
        this.workers = workers;
        this.ids = ids;
        this.layout = layout;
        this.sources = new SourceBatches(store, workers, new HistoryReader(store, workers,
                Packing.NONE, HistoryMemory.NONE));
    }

    /** Carries out a conversion of all records. */
    public Future<Converted> run(Conversion conversion) {
        return run(conversion, Selection.ALL);
    }

    /**
     * Carries out a conversion of some records. One source is in memory meanwhile, one row group
     * unpacked, and the file as far as it is written.
     *
     * @return what came of it; fails when the bucket cannot be asked, or another process has taken
     *         over the commit, or the sources are not there any more as they were
     */
    public Future<Converted> run(Conversion conversion, Selection selection) {
        HistoryWriter writer = new HistoryWriter(new HistorySource(conversion.topic(),
                conversion.merge().partition(),
                conversion.merge().sources().stream().map(run -> run.key().value()).distinct()
                        .toList()),
                conversion.baseOffset(), conversion.aborted(), layout);
        SourceBatches.BatchTaker taker = batch -> refusal(
                writer.append(batch, selection.filter()));
        return add(conversion.merge().sources(), 0, taker).compose(stopped -> {
            if (stopped.isPresent()) {
                return Future.succeededFuture(stopped.get());
            }
            return selection.needed().isThere()
                    ? loop.confine(workers.call(() -> writer.finish(conversion.endOffset())))
                            .compose(finished -> store(conversion, finished))
                    : Future.succeededFuture(new Converted.Unchanged());
        });
    }

    private static Optional<String> refusal(AppendOutcome outcome) {
        return switch (outcome) {
            case AppendOutcome.Appended appended -> Optional.empty();
            case AppendOutcome.Unconvertible(String reason) -> Optional.of(reason);
        };
    }

    /** Adds sources one after the other, up to one that cannot be. */
    private Future<Optional<Converted>> add(List<Run> runs, int next,
            SourceBatches.BatchTaker taker) {
        if (next == runs.size()) {
            return Future.succeededFuture(Optional.empty());
        }
        Run run = runs.get(next);
        return loop.confine(sources.take(run, taker))
                .map(refused -> refused
                        .<Converted>map(reason -> new Converted.Unconvertible(run, reason)))
                .recover(failure -> isDamage(failure)
                        ? Future.succeededFuture(
                                Optional.of(new Converted.Damaged(run, failure.toString())))
                        : Future.failedFuture(failure))
                .compose(stopped -> stopped.isPresent()
                        ? Future.succeededFuture(stopped)
                        : add(runs, next + 1, taker));
    }

    private static boolean isDamage(Throwable failure) {
        return failure instanceof CorruptException || failure instanceof MissingObjectException;
    }

    private Future<Converted> store(Conversion conversion, FinishedFile finished) {
        DataObject.History object = new DataObject.History(
                conversion.merge().partition().topic(), ids.get());
        ConvertRuns proposal = proposal(conversion, finished, object);
        return loop.confine(store.put(object.key(), finished.bytes()))
                .compose(stored -> committer.commit(proposal))
                .map(committed -> new Converted.Done(finished.bytes().size(),
                        finished.file().records()));
    }

    private static ConvertRuns proposal(Conversion conversion, FinishedFile finished,
            DataObject.History object) {
        TimestampRange timestamps = finished.timestamps();
        HistoryPlace place = new HistoryPlace(object.topic(), object.id(),
                finished.file().shape().tail(), finished.file().shape().tailCrc(),
                finished.file().records(),
                timestamps.equals(TimestampRange.EMPTY)
                        ? LogRecord.NO_TIMESTAMP
                        : timestamps.minMillis());
        CommittedRun run = CommittedRun.of(conversion.merge().partition(), 0,
                Math.toIntExact(finished.bytes().size()), conversion.merge().offsets(),
                maxTimestamp(conversion, finished));
        return new ConvertRuns(place, new Replacement(run, conversion.merge().sources()));
    }

    /**
     * That of the records that are left. Where only such are left that no reader sees, they get old
     * as their sources would.
     */
    private static long maxTimestamp(Conversion conversion, FinishedFile finished) {
        if (finished.file().records() == 0) {
            return LogRecord.NO_TIMESTAMP;
        }
        return finished.timestamps().equals(TimestampRange.EMPTY)
                ? conversion.merge().maxTimestampMillis()
                : finished.timestamps().maxMillis();
    }
}
