package io.cordwood.indexer.convert;

import io.cordwood.history.batch.Packing;
import io.cordwood.history.file.HistorySource;
import io.cordwood.history.read.HistoryMemory;
import io.cordwood.history.read.HistoryReader;
import io.cordwood.history.write.FileLayout;
import io.cordwood.history.write.FinishedFile;
import io.cordwood.history.write.HistoryWriter;
import io.cordwood.indexer.merge.Tools;
import io.cordwood.manifest.commit.ConvertRuns;
import io.cordwood.manifest.commit.Replacement;
import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.HistoryPlace;
import io.cordwood.manifest.state.Run;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.TimestampRange;
import io.cordwood.store.layout.DataObject;
import io.cordwood.store.object.Bytes;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Optional;

/**
 * Carries out conversions: reads the sources, looks at every record, writes the file as it grows,
 * and has it take their place. A crash at any step leaves an object that nobody needs, and nothing
 * else. Confined to a loop.
 */
public final class Converter {

    private final Tools tools;
    private final FileLayout layout;
    private final SourceBatches sources;

    /**
     * A converter.
     *
     * @param layout how files are divided
     */
    public Converter(Tools tools, FileLayout layout) {
        this.tools = tools;
        this.layout = layout;
        this.sources = new SourceBatches(tools.store(), tools.workers(), new HistoryReader(
                tools.store(), tools.workers(), Packing.NONE, HistoryMemory.NONE));
    }

    /** Carries out a conversion of all records that were not deleted. */
    public Future<Converted> run(Conversion conversion) {
        return run(conversion, Selection.from(conversion.startOffset()));
    }

    /**
     * Carries out a conversion of some records. However long it is, a piece of one source is in
     * memory meanwhile, one row group unpacked, another as it is written, and the index of the
     * file.
     *
     * @return what came of it; fails when the bucket cannot be asked, or another process has taken
     *         over the commit, or the sources are not there any more as they were
     */
    public Future<Converted> run(Conversion conversion, Selection selection) {
        DataObject.History object = new DataObject.History(
                conversion.merge().partition().topic(), tools.ids().get());
        List<Run> runs = conversion.merge().sources();
        ConvertedFile file = new ConvertedFile(writer(conversion), selection,
                conversion.endOffset(),
                runs.stream().map(run -> new ConvertedFile.Source(run, sources.of(run))).toList(),
                tools.workers());
        return tools.loop().confine(
                tools.store().putStream(object.key(), () -> tools.loop().submit(() -> {
                    Promise<Optional<Bytes>> piece = Promise.promise();
                    next(file, piece);
                    return piece.future();
                })))
                .compose(stored -> commit(conversion, file.finished().orElseThrow(), object))
                .recover(failure -> file.stopped().map(Future::succeededFuture)
                        .orElseGet(() -> Future.failedFuture(failure)));
    }

    private HistoryWriter writer(Conversion conversion) {
        return new HistoryWriter(new HistorySource(conversion.topic(),
                conversion.merge().partition(),
                conversion.merge().sources().stream().map(run -> run.key().value()).distinct()
                        .toList()),
                conversion.baseOffset(), conversion.aborted(), layout);
    }

    /** Goes on, each step in a turn of the loop, until there is something to write. */
    private void next(ConvertedFile file, Promise<Optional<Bytes>> piece) {
        if (file.finished().isPresent()) {
            piece.complete(Optional.empty());
            return;
        }
        tools.loop().confine(tools.meanwhile().get().compose(done -> file.step()))
                .onComplete(step -> {
                    if (step.failed()) {
                        piece.fail(step.cause());
                    } else if (step.result().size() > 0) {
                        piece.complete(Optional.of(step.result()));
                    } else {
                        tools.loop().execute(() -> next(file, piece));
                    }
                });
    }

    private Future<Converted> commit(Conversion conversion, FinishedFile finished,
            DataObject.History object) {
        return tools.commits().commit(proposal(conversion, finished, object))
                .map(committed -> new Converted.Done(finished.file().shape().length(),
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
                Math.toIntExact(finished.file().shape().length()), conversion.merge().offsets(),
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
