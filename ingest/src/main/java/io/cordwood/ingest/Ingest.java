package io.cordwood.ingest;

import io.cordwood.ingest.wal.Wal;
import io.cordwood.manifest.commit.RunOutcome;
import io.cordwood.manifest.commit.TakeWal;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.LogException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.cordwood.store.batch.ValidBatch;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The produce path of a node. Any thread may call; futures complete on the loop.
 *
 * <p>While it finishes what an earlier process began, appends are refused: an order in which what
 * is new overtook what is old could not be explained to anybody, and recovery is short, because no
 * more was left than the earlier process held in its buffer.
 */
public final class Ingest {

    /**
     * How long a stop waits for the bucket. What is not committed then is finished at the next
     * start; whatever runs the process usually kills it after 30 s.
     */
    static final Duration CLOSE_WAIT_MAX = Duration.ofSeconds(10);

    private static final Logger LOG = LoggerFactory.getLogger(Ingest.class);

    private final EventLoop loop;
    private final IngestPorts ports;
    private final Wal wal;
    private final Tally tally = new Tally();
    private final UUID owner;
    private final Delivery delivery;
    private final Intake intake;
    private final Promise<LogException> stopped = Promise.promise();
    private AckListener acks = nanos -> {};
    private Optional<Future<Void>> closing = Optional.empty();

    /**
     * The produce path over a local WAL that nobody else uses. Takes nothing until it is started.
     */
    public Ingest(IngestPorts ports, Wal wal, IngestSettings settings) {
        this.loop = ports.loop();
        this.ports = ports;
        this.wal = wal;
        this.owner = ports.ids().get();
        this.delivery = new Delivery(ports, new Delivery.Source(wal.identity(), owner),
                settings.uploadsMax(), tally);
        this.intake = new Intake(ports, wal, settings, this::deliver, tally);
    }

    /**
     * Takes the local WAL, so that nothing can land any more that an earlier process on it sent,
     * finishes what that began, however long the bucket takes, and then takes appends. Called once.
     *
     * @return fails with the reason when that cannot be done; nothing is taken then, and what is in
     * the
     *         local WAL stays there
     */
    public Future<Void> start() {
        return loop.submit(() -> {
            ports.commits().ended().onSuccess(reason -> loop.execute(() -> stop(reason)));
            return take()
                    .compose(committed -> new Recovery(wal, committed, delivery, ports.ids(),
                            tally).run())
                    .compose(this::open).onFailure(this::stopFor);
        });
    }

    /** What an earlier process on it has proposed may be committed only now: then once more. */
    private Future<Long> take() {
        return ports.commits()
                .commit(new TakeWal(wal.identity(), owner, ports.follower().state().sequence()))
                .compose(committed -> committed.isPresent()
                        ? Future.succeededFuture(committed.getAsLong())
                        : take());
    }

    /**
     * Appends a batch at the end of a partition. Appends that one caller makes to one partition,
     * one after the other, are stored in that order.
     *
     * @return complete when the manifest entry exists that makes the batch part of the log. Fails
     * with
     *         {@link io.cordwood.runtime.RejectedException} when the partition does not exist,
     *         {@link UnavailableException} when the buffer is full for too long or this node does
     *         not take appends now, {@link FencedException} when another process took over: in
     *         these cases the batch is not stored and will not be. Fails with {@link
     *         UnknownOutcomeException} when it was taken but not confirmed in time: then it may
     *         become durable yet
     */
    public Future<Appended> append(PartitionId partition, ValidBatch batch) {
        return loop.submit(() -> intake.append(partition, batch));
    }

    /**
     * Takes nothing more, waits for a bounded time until everything is committed, and closes the
     * local WAL. What is not committed by then has an unknown outcome; the next start finishes it.
     *
     * @return always succeeds
     */
    public Future<Void> close() {
        return loop.submit(() -> {
            if (closing.isEmpty()) {
                closing = Optional.of(shutDown());
            }
            return closing.get();
        });
    }

    /**
     * Complete when this has stopped for good and only a restart helps, with what to tell people.
     */
    public Future<LogException> stopped() {
        return stopped.future();
    }

    /** From now on the listener is told of each append that is acknowledged, it alone. */
    public void listen(AckListener listener) {
        loop.execute(() -> acks = listener);
    }

    /** What it holds and has done. Any thread may call. */
    public IngestStatistics statistics() {
        return tally.statistics(wal.statistics());
    }

    private Future<Void> open(long nextNumber) {
        if (stopped.future().isComplete()) {
            return Future.failedFuture(stopped.future().result());
        }
        if (closing.isPresent()) {
            return Future.failedFuture(isClosing());
        }
        intake.open(nextNumber);
        return Future.succeededFuture();
    }

    private void deliver(SealedSegment segment) {
        delivery.deliver(Parcel.of(segment.number(), segment.segment()))
                .onSuccess(outcomes -> committed(segment, outcomes))
                .onFailure(failure -> failed(segment, failure));
    }

    private void committed(SealedSegment segment, List<RunOutcome> outcomes) {
        wal.delete(segment.number());
        intake.done(segment);
        segment.conclude(outcomes);
        long now = loop.nanoTime();
        for (PendingAppend append : segment.appends()) {
            if (append.isAcknowledged()) {
                tally.acknowledged(append.size());
                acks.acknowledged(now - append.admittedNanos());
            }
        }
        intake.forgetAnswered();
    }

    /**
     * What was not committed is taken out of the local WAL before anybody is told: who is told that
     * it is not stored sends it elsewhere, and a restart of this node must not store it once more.
     */
    private void failed(SealedSegment segment, Throwable failure) {
        stopFor(failure);
        if (failure instanceof FencedException fenced) {
            wal.delete(segment.number())
                    .onSuccess(deleted -> giveUp(segment, new FencedException(
                            "not stored: " + fenced.getMessage() + "; send it to another node",
                            fenced)))
                    .onFailure(kept -> giveUp(segment, unfinished(kept)));
        } else {
            giveUp(segment, unfinished(failure));
        }
    }

    private void giveUp(SealedSegment segment, LogException reason) {
        intake.done(segment);
        segment.fail(reason);
        intake.forgetAnswered();
    }

    private void stopFor(Throwable failure) {
        if (closing.isEmpty()) {
            stop(failure instanceof LogException reason
                    ? reason
                    : new UnknownOutcomeException("ingest failed: " + failure, failure));
        }
    }

    private void stop(LogException reason) {
        if (stopped.tryComplete(reason)) {
            LOG.error("Ingest stops: {}", reason.getMessage());
            intake.close(reason instanceof FencedException
                    ? reason
                    : new UnavailableException("this node takes no appends: " + reason.getMessage(),
                            reason));
            intake.sealRest();
            delivery.halt(reason);
        }
    }

    private Future<Void> shutDown() {
        intake.close(isClosing());
        intake.sealRest();
        return within(delivery.drained()).compose(drained -> {
            delivery.halt(isClosing());
            intake.endAll(unfinished(isClosing()));
            return within(wal.close());
        });
    }

    /** The same, whatever becomes of it, or success when it takes too long. */
    private Future<Void> within(Future<Void> future) {
        Promise<Void> promise = Promise.promise();
        EventLoop.Timer timer = loop.schedule(CLOSE_WAIT_MAX, promise::tryComplete);
        future.onComplete(done -> {
            timer.cancel();
            promise.tryComplete();
        });
        return promise.future();
    }

    private static UnavailableException isClosing() {
        return new UnavailableException("this node is shutting down: send it to another");
    }

    private static UnknownOutcomeException unfinished(Throwable cause) {
        return new UnknownOutcomeException("this node stops before the append is confirmed; it may "
                + "become durable when the node starts again: read before sending it again", cause);
    }
}
