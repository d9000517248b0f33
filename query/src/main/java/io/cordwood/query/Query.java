package io.cordwood.query;

import static io.cordwood.runtime.RejectedException.Reason.OFFSET_OUT_OF_RANGE;
import static io.cordwood.runtime.RejectedException.Reason.UNKNOWN_PARTITION;

import io.cordwood.history.read.HistoryReader;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.state.HistoryRef;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.SegmentRef;
import io.cordwood.query.plan.FetchPlan;
import io.cordwood.query.plan.Start;
import io.cordwood.query.read.Batches;
import io.cordwood.query.read.HistoryRuns;
import io.cordwood.query.read.Interval;
import io.cordwood.query.read.RunReader;
import io.cordwood.query.read.RunsAhead;
import io.cordwood.query.read.TimeSearch;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.TimedOffset;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Fetches batches by offset and finds offsets by time. May be called on any thread; what it keeps
 * is confined to its loop, and futures complete there.
 */
public final class Query {

    /** How often a read is planned anew when an object of its plan was replaced meanwhile. */
    private static final int PLANS_MAX = 3;

    private final Follower follower;
    private final EventLoop loop;
    private final RunReader reader;
    private final HistoryRuns history;
    private final TimeSearch times;
    private final ReadAhead readAhead;
    private final TailWaiters waiters;
    private final LongAdder fetches = new LongAdder();
    private final LongAdder fetchedBytes = new LongAdder();

    /**
     * Creates a query that reads from the store.
     *
     * @param history reads what is not in segments
     * @param aheadBytesMax how much is asked for ahead of all replaying readers together: 0 where
     *        nothing remembers it
     */
    public Query(Follower follower, EventLoop loop, ObjectStore store, HistoryReader history,
            long aheadBytesMax) {
        this.follower = follower;
        this.loop = loop;
        this.reader = new RunReader(store);
        this.history = new HistoryRuns(history);
        this.times = new TimeSearch(reader, this.history);
        this.readAhead = new ReadAhead(loop, new RunsAhead(store, history), aheadBytesMax);
        this.waiters = new TailWaiters(loop);
        follower.listen(waiters);
    }

    /**
     * Waits until fetches have enough to answer with together, or one of them cannot be carried
     * out, or the time is over. Who waits holds nothing, so room for the answer is taken after this
     * and before {@link #fetch}.
     */
    public Future<Void> awaitRecords(List<FetchRequest> requests, Patience patience) {
        long deadlineNanos = loop.nanoTime() + patience.waitMax().toNanos();
        return loop.submit(() -> isBeyondAll(requests)
                ? follower.catchUp().compose(
                        fresh -> await(requests, patience.bytesMin(), deadlineNanos))
                : await(requests, patience.bytesMin(), deadlineNanos));
    }

    /** Whoever asks for an offset that is not known here may have been told of it elsewhere. */
    private boolean isBeyondAll(List<FetchRequest> requests) {
        return requests.stream().anyMatch(request -> follower.state()
                .partition(request.partition())
                .filter(there -> request.offset() > there.nextOffset()).isPresent());
    }

    private Future<Void> await(List<FetchRequest> requests, long bytesMin, long deadlineNanos) {
        long leftNanos = deadlineNanos - loop.nanoTime();
        if (leftNanos <= 0 || isWorthAnAnswer(requests, bytesMin)) {
            return Future.succeededFuture();
        }
        return waiters.await(requests.stream().map(FetchRequest::partition).toList(),
                Duration.ofNanos(leftNanos))
                .compose(woken -> await(requests, bytesMin, deadlineNanos));
    }

    private boolean isWorthAnAnswer(List<FetchRequest> requests, long bytesMin) {
        ManifestState state = follower.state();
        long found = 0;
        for (FetchRequest request : requests) {
            Optional<PartitionState> partition = state.partition(request.partition())
                    .filter(there -> there.holds(request.offset()));
            if (partition.isEmpty()) {
                return true;
            }
            long end = request.isolation().endOffset(partition.get());
            found += partition.get().sizeBetween(request.offset(), end, bytesMin - found);
        }
        return found >= bytesMin;
    }

    /**
     * Fetches whole batches from an offset on, as many as there are now and fit. Does not wait.
     *
     * @return fails with {@link RejectedException} when there is no such partition, or the offset
     * is
     *         not one that it has or will have next
     */
    public Future<Fetched> fetch(FetchRequest request) {
        return loop.submit(() -> planned(() -> plan(request), PLANS_MAX));
    }

    /** What was fetched so far. Any thread may call. */
    public QueryStatistics statistics() {
        return new QueryStatistics(fetches.sum(), fetchedBytes.sum());
    }

    /**
     * The first record, in the order of offsets, at or after a time. Exact: the records themselves
     * are looked at.
     *
     * @return empty when the partition has none
     */
    public Future<Optional<TimedOffset>> recordAt(PartitionId id, long timestampMillis) {
        return loop.submit(() -> planned(() -> recordAt(partition(id), timestampMillis, 0),
                PLANS_MAX));
    }

    /**
     * The first of the records that have the largest timestamp.
     *
     * @return empty when the partition has no records with a timestamp
     */
    public Future<Optional<TimedOffset>> latestRecord(PartitionId id) {
        return loop.submit(() -> planned(() -> latestOf(partition(id)), PLANS_MAX));
    }

    private Future<Optional<TimedOffset>> latestOf(PartitionState partition) {
        if (partition.runCount() == 0) {
            return Future.succeededFuture(Optional.empty());
        }
        Run first = partition.run(0);
        long latest = partition.run(partition.runCount() - 1).latestTimestampMillis();
        boolean certain = first.baseOffset() >= partition.startOffset()
                || first.maxTimestampMillis() < latest;
        return certain ? latestAt(partition, latest, 0) : latestOfAnyRun(partition, first);
    }

    /**
     * Reads by a plan that is made of the newest state. Where an object of it is gone, this process
     * has not heard of what took its place.
     */
    private <T> Future<T> planned(Supplier<Future<T>> read, int plansLeft) {
        return read.get().recover(
                failure -> failure instanceof MissingObjectException && plansLeft > 1
                        ? follower.catchUp().compose(state -> planned(read, plansLeft - 1))
                        : Future.failedFuture(failure));
    }

    /** What the first run has that is left of it may be later than what the others have, or not. */
    private Future<Optional<TimedOffset>> latestOfAnyRun(PartitionState partition, Run first) {
        return loop.confine(times.latest(first, partition.startOffset())).compose(found -> {
            long others = LogRecord.NO_TIMESTAMP;
            for (int i = 1; i < partition.runCount(); i++) {
                others = Math.max(others, partition.run(i).maxTimestampMillis());
            }
            long inFirst = found.map(it -> it.timestampMillis())
                    .orElse(LogRecord.NO_TIMESTAMP);
            return inFirst >= others
                    ? Future.succeededFuture(found.filter(
                            it -> it.timestampMillis() != LogRecord.NO_TIMESTAMP))
                    : latestAt(partition, others, 1);
        });
    }

    private Future<Optional<TimedOffset>> latestAt(PartitionState partition, long latestMillis,
            int fromIndex) {
        return latestMillis == LogRecord.NO_TIMESTAMP
                ? Future.succeededFuture(Optional.empty())
                : recordAt(partition, latestMillis, fromIndex);
    }

    private Future<Optional<TimedOffset>> recordAt(PartitionState partition,
            long timestampMillis, int fromIndex) {
        int index = partition.indexOfTimestamp(timestampMillis, fromIndex);
        return index == partition.runCount()
                ? Future.succeededFuture(Optional.empty())
                : loop.confine(times.firstAt(partition.run(index), partition.startOffset(),
                        timestampMillis))
                        .compose(found -> found.isPresent()
                                ? Future.succeededFuture(found)
                                : recordAt(partition, timestampMillis, index + 1));
    }

    private Future<Fetched> plan(FetchRequest request) {
        PartitionState partition = partition(request.partition());
        if (!partition.holds(request.offset())) {
            throw new RejectedException(OFFSET_OUT_OF_RANGE, "offset " + request.offset()
                    + " is not one of " + partition.startOffset() + " to "
                    + partition.nextOffset());
        }
        if (request.offset() >= request.isolation().endOffset(partition)) {
            return Future.succeededFuture(nothing(request, partition));
        }
        return read(request, partition);
    }

    private Future<Fetched> read(FetchRequest request, PartitionState partition) {
        int runIndex = partition.indexOfOffset(request.offset());
        Run run = partition.run(runIndex);
        Optional<ReadAhead.Cursor> cursor = readAhead.take(request.partition(), request.offset())
                .filter(stopped -> stopped.next().isIn(run));
        Future<Batches> read = switch (run.home()) {
            case SegmentRef segment -> readSegments(request, partition, runIndex, cursor);
            case HistoryRef file -> history.fetch(run, file,
                    new HistoryRuns.HistoryRead(request.offset(), request.bytesMax(),
                            request.atLeastOne()),
                    cursor.isPresent());
        };
        return loop.confine(read).map(batches -> {
            if (batches.parts().isEmpty()) {
                return nothing(request, partition);
            }
            readAhead.note(request.partition(), partition, batches, cursor);
            fetches.increment();
            batches.parts().forEach(part -> fetchedBytes.add(part.remaining()));
            return fetched(request, batches, partition);
        });
    }

    private Future<Batches> readSegments(FetchRequest request, PartitionState partition,
            int runIndex, Optional<ReadAhead.Cursor> cursor) {
        Run run = partition.run(runIndex);
        Future<Start> start = cursor.map(stopped -> Future.succeededFuture(new Start(runIndex,
                stopped.next().position(), (int) (request.offset() - run.baseOffset()))))
                .orElseGet(() -> reader.seek(run, runIndex, request.offset()));
        Interval wanted = new Interval(request.offset(),
                request.isolation().endOffset(partition));
        return start.compose(found -> reader.read(FetchPlan.of(partition, found,
                request.bytesMax()), wanted, request.atLeastOne()));
    }

    private PartitionState partition(PartitionId id) {
        return follower.state().partition(id).orElseThrow(() -> new RejectedException(
                UNKNOWN_PARTITION, "there is no partition " + id));
    }

    private static Fetched fetched(FetchRequest request, Batches batches,
            PartitionState partition) {
        return new Fetched(batches.parts(), batches.nextOffset(), partition,
                switch (request.isolation()) {
                    case READ_UNCOMMITTED -> List.of();
                    case READ_COMMITTED -> partition.abortedBetween(request.offset(),
                            batches.nextOffset());
                });
    }

    private static Fetched nothing(FetchRequest request, PartitionState partition) {
        return new Fetched(List.of(), request.offset(), partition, List.of());
    }
}
