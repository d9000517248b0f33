package io.cordwood.indexer.convert;

import io.cordwood.history.write.AppendOutcome;
import io.cordwood.history.write.FinishedFile;
import io.cordwood.history.write.HistoryWriter;
import io.cordwood.manifest.state.Run;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.Workers;
import io.cordwood.store.object.Bytes;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * A history file that is made of runs, step by step: some batches of a source are added, and what
 * the file has grown by is given away. Not safe for several steps at once.
 */
final class ConvertedFile {

    /** How much of a file is held back that may turn out not to be needed. */
    private static final long HELD_BYTES_MAX = 32 << 20;

    private final HistoryWriter writer;
    private final Selection selection;
    private final long endOffset;
    private final Workers workers;
    private final Queue<Source> sources;
    private Optional<FinishedFile> finished = Optional.empty();
    private Optional<Converted> stopped = Optional.empty();

    /**
     * A file that holds nothing yet.
     *
     * @param endOffset the offset after the last of its sources
     */
    ConvertedFile(HistoryWriter writer, Selection selection, long endOffset, List<Source> sources,
            Workers workers) {
        this.writer = writer;
        this.selection = selection;
        this.endOffset = endOffset;
        this.sources = new ArrayDeque<>(sources);
        this.workers = workers;
    }

    /** Why it is not made, if so: a source is such that it cannot, or nobody needs it. */
    Optional<Converted> stopped() {
        return stopped;
    }

    /** The file, once its last step was done. */
    Optional<FinishedFile> finished() {
        return finished;
    }

    /**
     * Goes a step further.
     *
     * @return what the file has grown by, which may be nothing; fails when a source cannot be read,
     *         and when the file is not made
     */
    Future<Bytes> step() {
        Optional<Source> source = Optional.ofNullable(sources.peek());
        if (source.isEmpty()) {
            return workers.call(this::finish);
        }
        Run run = source.get().run();
        return source.get().batches().next().recover(failure -> failed(run, failure))
                .compose(batches -> {
                    if (batches.isEmpty()) {
                        sources.remove();
                        return Future.succeededFuture(Bytes.of());
                    }
                    return workers.call(() -> add(run, batches.get()))
                            .recover(failure -> failed(run, failure));
                });
    }

    private Bytes finish() {
        if (!selection.needed().isThere()) {
            throw stop(new Converted.Unchanged(), "no file is needed");
        }
        FinishedFile file = writer.finish(endOffset);
        finished = Optional.of(file);
        return file.bytes();
    }

    private Bytes add(Run run, ByteBuffer batches) {
        Optional<String> refused = SourceBatches.take(batches,
                batch -> refusal(writer.append(batch, selection.filter())));
        if (refused.isPresent()) {
            throw stop(new Converted.Unconvertible(run, refused.get()), refused.get());
        }
        return selection.needed().isThere() || writer.sizeBytes() >= HELD_BYTES_MAX
                ? writer.take()
                : Bytes.of();
    }

    private static Optional<String> refusal(AppendOutcome outcome) {
        return switch (outcome) {
            case AppendOutcome.Appended appended -> Optional.empty();
            case AppendOutcome.Unconvertible(String reason) -> Optional.of(reason);
        };
    }

    private RejectedException stop(Converted why, String reason) {
        stopped = Optional.of(why);
        return new RejectedException(RejectedException.Reason.INVALID_REQUEST, reason);
    }

    private <T> Future<T> failed(Run run, Throwable failure) {
        if (failure instanceof CorruptException || failure instanceof MissingObjectException) {
            stopped = Optional.of(new Converted.Damaged(run, failure.toString()));
        }
        return Future.failedFuture(failure);
    }

    /** A run that becomes part of the file. */
    record Source(Run run, BatchPieces batches) {}
}
