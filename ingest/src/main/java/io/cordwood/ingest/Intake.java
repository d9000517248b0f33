package io.cordwood.ingest;

import io.cordwood.ingest.wal.Wal;
import io.cordwood.runtime.ByteBudget;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.LogException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.store.batch.ValidBatch;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Where appends come in: admission within the budget, the open segment, and its sealing.
 *
 * <p>An append is in the open segment, and on its way to the local WAL, in the turn of the loop in
 * which it is admitted. What is admitted in one turn is sealed together.
 */
final class Intake {

    /** What it costs to keep an append beside its bytes: a dozen small objects. */
    static final int APPEND_COST_BYTES = 512;

    /**
     * Segments that are sealed and not done, for one more to be sealed unfilled. In an outage this
     * many small ones gather, and after that only full ones.
     */
    static final int IN_FLIGHT_MAX = 16;

    /** How many appends may wait in line for room. Their bytes are the edge's, which holds them. */
    private static final int LINE_MAX = 10_000;

    private final EventLoop loop;
    private final Supplier<UUID> ids;
    private final Wal wal;
    private final Tally tally;
    private final Consumer<SealedSegment> exit;
    private final ByteBudget budget;
    private final Deadlines deadlines;
    private final SealingRules rules;
    private FlushPace pace;
    private Optional<LogException> refusal = Optional.of(new UnavailableException(
            "this node still finishes what it began before its restart: try again in a moment"));
    private Optional<OpenSegment> open = Optional.empty();
    private Optional<EventLoop.Timer> alarm = Optional.empty();
    private long nextNumber;
    private int inFlight;

    /**
     * An intake that refuses everything until it is opened.
     *
     * @param exit takes the sealed segments, in the order of their numbers
     */
    Intake(IngestPorts ports, Wal wal, IngestSettings settings, Consumer<SealedSegment> exit,
            Tally tally) {
        this.loop = ports.loop();
        this.ids = ports.ids();
        this.wal = wal;
        this.tally = tally;
        this.exit = exit;
        this.budget = new ByteBudget(loop, new ByteBudget.Settings(settings.bufferSizeMaxBytes(),
                LINE_MAX, settings.waitMax()));
        this.deadlines = new Deadlines(loop, settings.appendTimeout());
        this.rules = new SealingRules(settings.segmentSizeMaxBytes(), IN_FLIGHT_MAX);
        this.pace = FlushPace.rested(settings.flushInterval(), loop.nanoTime());
    }

    /** From now on appends are taken; the first segment gets the number. */
    void open(long number) {
        nextNumber = number;
        refusal = Optional.empty();
    }

    /** From now on appends are refused, with the first reason that was given. */
    void close(LogException reason) {
        refusal = refusal.or(() -> Optional.of(reason));
    }

    /** Takes an append when there is room for it. */
    Future<Appended> append(PartitionId partition, ValidBatch batch) {
        if (refusal.isPresent()) {
            return Future.failedFuture(refusal.get());
        }
        return budget.acquire(cost(batch)).compose(acquired -> place(partition, batch));
    }

    /** Seals what is open. */
    void sealRest() {
        if (open.isPresent()) {
            seal(SealCause.CLOSING);
        }
    }

    /** Gives back what a segment held. Called once for each, before its callers are answered. */
    void done(SealedSegment segment) {
        inFlight--;
        release(segment.heldBytes());
        loop.execute(this::consider);
    }

    /** Forgets the appends that were answered. */
    void forgetAnswered() {
        deadlines.forgetAnswered();
    }

    /** Tells all who still wait that they wait in vain. */
    void endAll(LogException reason) {
        deadlines.endAll(reason);
    }

    private Future<Appended> place(PartitionId partition, ValidBatch batch) {
        if (refusal.isPresent()) {
            loop.execute(() -> release(cost(batch)));
            return Future.failedFuture(refusal.get());
        }
        if (open.isPresent() && !rules.hasRoom(open.get().batchBytes(), batch.size())) {
            seal(SealCause.SIZE);
        }
        OpenSegment segment = open.orElseGet(this::begin);
        if (rules.makesWorth(segment.batchBytes(), batch.size())) {
            loop.execute(this::consider);
        }
        PendingAppend append = segment.add(partition, batch, cost(batch), loop.nanoTime());
        wal.append(segment.number(), partition, batch);
        deadlines.watch(append);
        tally.held(budget.usedBytes());
        return append.answer();
    }

    private OpenSegment begin() {
        OpenSegment segment = new OpenSegment(nextNumber, ids.get());
        nextNumber++;
        open = Optional.of(segment);
        tally.opened();
        loop.execute(this::consider);
        return segment;
    }

    private void consider() {
        alarm.ifPresent(EventLoop.Timer::cancel);
        alarm = Optional.empty();
        if (open.isEmpty()) {
            return;
        }
        switch (rules.judge(pace, inFlight, open.get().filling(), loop.nanoTime())) {
            case Sealing.Now now -> seal(now.cause());
            case Sealing.After later -> alarm = Optional
                    .of(loop.schedule(later.delay(), this::consider));
            case Sealing.AfterCommit later -> alarm = Optional.empty();
        }
    }

    private void seal(SealCause cause) {
        OpenSegment segment = open.orElseThrow();
        open = Optional.empty();
        pace = pace.flushed(loop.nanoTime());
        inFlight++;
        tally.sealed(cause);
        exit.accept(segment.seal());
    }

    private void release(long bytes) {
        budget.release(bytes);
        tally.held(budget.usedBytes());
    }

    private static long cost(ValidBatch batch) {
        return (long) batch.size() + APPEND_COST_BYTES;
    }
}
