package io.cordwood.ingest.wal;

import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.Workers;
import io.cordwood.store.batch.BatchLimits;
import io.cordwood.store.batch.ValidBatch;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A local WAL that blocks nobody. Confined to a loop, but for {@link #statistics()}.
 *
 * <p>Files are written by one worker at a time, in the order of their numbers; what comes meanwhile
 * goes into the next write together. What is not written yet is memory that the appends hold
 * anyway: it goes when their segment is done, so a disk that hangs holds no more than the one write
 * that it does not answer. A segment that cannot be written has no file, and nobody notices but the
 * statistics.
 */
public final class Wal {

    private static final Logger LOG = LoggerFactory.getLogger(Wal.class);
    private static final long NO_NUMBER = 0;

    private final WalDirectory directory;
    private final EventLoop loop;
    private final Workers workers;
    private final BatchLimits limits;
    private final Map<Long, List<WalFrame>> unwritten = new LinkedHashMap<>();
    private final ArrayDeque<Step<?>> steps = new ArrayDeque<>();
    private final Promise<Void> idle = Promise.promise();
    private final LongAdder unwrittenBytes = new LongAdder();
    private final LongAdder lostSegments = new LongAdder();
    private long begun = NO_NUMBER;
    private long lost = NO_NUMBER;
    private boolean busy;
    private boolean closing;
    private boolean closed;
    private boolean deletesFailed;
    private volatile boolean failing;

    /**
     * A WAL in a directory that was opened for it.
     *
     * @param limits that batches are validated against when they are read back
     */
    public Wal(WalDirectory directory, EventLoop loop, Workers workers, BatchLimits limits) {
        this.directory = directory;
        this.loop = loop;
        this.workers = workers;
        this.limits = limits;
    }

    /** Who the directory is: the manifest remembers under it which numbers were committed. */
    public UUID identity() {
        return directory.identity();
    }

    /** How it is. Any thread may call. */
    public WalStatistics statistics() {
        return new WalStatistics(unwrittenBytes.sum(), lostSegments.sum(), failing);
    }

    /** The numbers of the files that there are, ascending. */
    public Future<List<Long>> numbers() {
        return step("list the files", directory::numbers);
    }

    /** The usable part of a file. */
    public Future<WalContent> read(long number) {
        return step("read segment " + number, () -> WalReader.read(
                directory.read(number, WalFormat.FILE_SIZE_MAX), identity(), number, limits));
    }

    /**
     * Adds a batch to the file of a segment, soon, if the disk lets it. Numbers never fall, and a
     * number is not used any more once its file was deleted.
     */
    public void append(long number, PartitionId partition, ValidBatch batch) {
        if (number != lost && !closing) {
            unwritten.computeIfAbsent(number, first -> new ArrayList<>())
                    .add(new WalFrame(partition, batch));
            unwrittenBytes.add(batch.size());
            work();
        }
    }

    /**
     * Deletes the file of a segment, and forgets what of it was not written.
     *
     * @return fails when there may still be a file
     */
    public Future<Void> delete(long number) {
        boolean waiting = forget(number);
        if (waiting && number != begun) {
            return Future.succeededFuture();
        }
        return step("delete segment " + number, () -> {
            directory.delete(number);
            return null;
        }).<Void>mapEmpty().onFailure(this::reportDelete);
    }

    /** Renames the file of a segment, so that people find it and no process reads it again. */
    public Future<Void> setAside(long number) {
        return step("set segment " + number + " aside", () -> {
            directory.setAside(number);
            return null;
        });
    }

    /** Writes what waits to be written, takes nothing more, and gives the directory free. */
    public Future<Void> close() {
        closing = true;
        work();
        return idle.future().compose(done -> {
            Future<Void> free = step("close", () -> {
                directory.close();
                return null;
            });
            closed = true;
            return free;
        });
    }

    private <T> Future<T> step(String act, Callable<T> task) {
        if (closed) {
            return Future.failedFuture(new UnavailableException("the local WAL is closed"));
        }
        Promise<T> promise = Promise.promise();
        steps.addLast(new Step<>(task, promise));
        work();
        return promise.future().recover(failure -> Future.failedFuture(new UnavailableException(
                "the local WAL in " + directory + " could not " + act + ": " + failure
                        + "; repair the disk, or give this node another local directory",
                failure)));
    }

    private void work() {
        if (busy) {
            return;
        }
        if (!steps.isEmpty()) {
            run(steps.removeFirst());
        } else if (!unwritten.isEmpty()) {
            write(unwritten.keySet().iterator().next());
        } else if (closing) {
            idle.tryComplete();
        }
    }

    private <T> void run(Step<T> step) {
        busy = true;
        loop.confine(workers.call(step.task())).onComplete(done -> {
            busy = false;
            step.promise().handle(done);
            work();
        });
    }

    private void write(long number) {
        List<WalFrame> frames = Optional.ofNullable(unwritten.remove(number)).orElseThrow();
        boolean first = number != begun;
        begun = number;
        Promise<Void> written = Promise.promise();
        written.future().onComplete(done -> unwrittenBytes.add(-bytes(frames)))
                .onSuccess(done -> reportWritten())
                .onFailure(failure -> lose(number, failure));
        run(new Step<>(() -> {
            List<ByteBuffer> bytes = new ArrayList<>();
            if (first) {
                bytes.add(WalFormat.header(identity(), number));
            }
            bytes.addAll(WalFormat.frames(frames));
            directory.append(number, bytes);
            return null;
        }, written));
    }

    /**
     * A file with a hole is worse than none: what follows the hole could not be told from the rest.
     */
    private void lose(long number, Throwable failure) {
        lost = number;
        forget(number);
        lostSegments.increment();
        if (!failing) {
            LOG.error("The local WAL in {} cannot be written: {}. Service goes on; should this node"
                    + " crash, appends that were not acknowledged yet may be lost", directory,
                    failure.toString());
        }
        failing = true;
        delete(number);
    }

    private void reportWritten() {
        if (failing) {
            LOG.info("The local WAL in {} can be written again", directory);
        }
        failing = false;
    }

    private void reportDelete(Throwable failure) {
        if (!deletesFailed) {
            LOG.warn("{}. The next start will delete it", failure.getMessage());
        }
        deletesFailed = true;
    }

    /** Drops what of a segment was not written, and says whether there was anything. */
    private boolean forget(long number) {
        Optional<List<WalFrame>> frames = Optional.ofNullable(unwritten.remove(number));
        frames.ifPresent(dropped -> unwrittenBytes.add(-bytes(dropped)));
        return frames.isPresent();
    }

    private static long bytes(List<WalFrame> frames) {
        return frames.stream().mapToLong(frame -> frame.batch().size()).sum();
    }

    /** Something that blocks, and who waits for it. */
    private record Step<T>(Callable<T> task, Promise<T> promise) {}
}
