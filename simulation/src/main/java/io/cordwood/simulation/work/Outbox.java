package io.cordwood.simulation.work;

import io.cordwood.ingest.Appended;
import io.cordwood.runtime.RejectedException;
import io.cordwood.simulation.process.Fleet;
import io.cordwood.simulation.process.NodeProcess;
import io.cordwood.simulation.truth.Attempt;
import io.cordwood.simulation.truth.Dispatch;
import io.cordwood.simulation.truth.Line;
import io.cordwood.simulation.truth.Transaction;
import io.cordwood.simulation.world.World;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.batch.ValidBatch;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.AsyncResult;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one instance of a producer sends, as Kafka's client does: to each partition in order, five
 * batches at a time, and each again, the same, until it is told what became of it. Answers get lost
 * on the way, and what was sent may arrive once more, long after.
 */
final class Outbox {

    private static final int IN_FLIGHT_MAX = 5;
    private static final int RECORDS_MAX = 3;
    private static final int BACKOFF_MILLIS_MAX = 1_000;
    private static final int PATIENCE_MILLIS_MIN = 500;
    private static final int PATIENCE_MILLIS_MAX = 10_000;
    private static final int LOST_ONE_IN = 10;
    private static final int STRAYS_ONE_IN = 15;
    private static final int STRAYS_MILLIS_MAX = 20_000;

    private final World world;
    private final Contact contact;
    private final ProducerIdentity producer;
    private final boolean joining;
    private final Refusals refusals;
    private final Map<PartitionId, Queue> queues = new LinkedHashMap<>();
    private boolean closed;

    /**
     * An outbox that is empty.
     *
     * @param joining whether partitions join transactions by what is sent to them
     */
    Outbox(World world, Contact contact, ProducerIdentity producer, boolean joining,
            Refusals refusals) {
        this.world = world;
        this.contact = contact;
        this.producer = producer;
        this.joining = joining;
        this.refusals = refusals;
    }

    /** Sends a batch of a few records. */
    void send(PartitionId partition, Optional<Transaction> transaction) {
        Queue queue = queues.computeIfAbsent(partition,
                first -> new Queue(new Line(producer, partition)));
        Dispatch dispatch = world.journal().dispatch(queue.line, transaction,
                1 + world.chance().nextInt(RECORDS_MAX));
        ValidBatch batch = SequencedBatches.of(dispatch, world.chance());
        queue.parcels.addLast(new Parcel(dispatch, joining ? batch.joining() : batch));
        flush(queue);
    }

    /** How many batches wait for their answers. */
    int size() {
        return (int) queues.values().stream().flatMap(queue -> queue.parcels.stream())
                .filter(parcel -> !parcel.stored).count();
    }

    /** Sends nothing any more, whatever was not answered. */
    void close() {
        closed = true;
    }

    private void flush(Queue queue) {
        List<Parcel> unsent = queue.parcels.stream().limit(IN_FLIGHT_MAX)
                .filter(parcel -> !parcel.stored && parcel.current.isEmpty()).toList();
        if (closed || unsent.isEmpty()) {
            return;
        }
        contact.process().ifPresentOrElse(
                to -> unsent.forEach(parcel -> attempt(queue, parcel, to)),
                () -> flushLater(queue));
    }

    private void flushLater(Queue queue) {
        if (!queue.waiting) {
            queue.waiting = true;
            world.writeAfter(millis(BACKOFF_MILLIS_MAX), () -> {
                queue.waiting = false;
                flush(queue);
            });
        }
    }

    private void attempt(Queue queue, Parcel parcel, NodeProcess to) {
        Attempt attempt = world.journal().attempt(parcel.dispatch, to.life(),
                world.time().nanoTime(), queue.parcels.peekFirst() == parcel);
        parcel.current = Optional.of(attempt);
        send(attempt, parcel, to, done -> answered(queue, parcel, attempt, done));
        world.time().schedule(millis(PATIENCE_MILLIS_MAX).plusMillis(PATIENCE_MILLIS_MIN),
                () -> giveUp(queue, parcel, attempt));
        if (world.chance().nextInt(STRAYS_ONE_IN) == 0) {
            world.writeAfter(millis(STRAYS_MILLIS_MAX), () -> stray(parcel));
        }
    }

    /** It arrives once more, and nobody waits for the answer. */
    private void stray(Parcel parcel) {
        contact.someProcess().ifPresent(to -> send(world.journal().attempt(parcel.dispatch,
                to.life(), world.time().nanoTime(), false), parcel, to, done -> {}));
    }

    private void send(Attempt attempt, Parcel parcel, NodeProcess to, Answered then) {
        world.note("send " + attempt);
        Fleet.nodeOf(to).kafka().ingest().append(attempt.dispatch().line().partition(),
                parcel.batch).onComplete(done -> {
                    world.note("answer to attempt " + attempt.number() + ": " + Failure.of(done));
                    if (done.succeeded()) {
                        world.journal().stored(attempt, done.result().baseOffset());
                    } else {
                        world.journal().failed(attempt, done.cause());
                    }
                    then.answered(done);
                });
    }

    private void giveUp(Queue queue, Parcel parcel, Attempt attempt) {
        if (parcel.isCurrent(attempt)) {
            parcel.current = Optional.empty();
            contact.leave();
            flushLater(queue);
        }
    }

    private void answered(Queue queue, Parcel parcel, Attempt attempt, AsyncResult<Appended> done) {
        if (closed || !parcel.isCurrent(attempt)
                || world.chance().nextInt(LOST_ONE_IN) == 0) {
            return;
        }
        parcel.current = Optional.empty();
        if (done.succeeded()) {
            parcel.stored = true;
            queue.removeStored();
            flush(queue);
        } else if (done.cause() instanceof RejectedException refusal) {
            refused(queue, attempt, refusal);
        } else {
            contact.leave();
            flushLater(queue);
        }
    }

    private void refused(Queue queue, Attempt attempt, RejectedException refusal) {
        world.journal().rights().refusedAppend(attempt, refusal);
        switch (refusal.reason()) {
            case OUT_OF_ORDER_SEQUENCE -> flushLater(queue);
            case UNKNOWN_TOPIC, UNKNOWN_PARTITION -> {
                queue.parcels.forEach(parcel -> parcel.current = Optional.empty());
                queue.parcels.clear();
                refusals.lost();
            }
            default -> refusals.lost();
        }
    }

    private Duration millis(int max) {
        return Duration.ofMillis(world.chance().nextInt(max));
    }

    /** Told when batches were given up because the service will not have them. */
    @FunctionalInterface
    interface Refusals {

        void lost();
    }

    @FunctionalInterface
    private interface Answered {

        void answered(AsyncResult<Appended> done);
    }

    /** What goes to one partition, in order. */
    private static final class Queue {

        private final Line line;
        private final ArrayDeque<Parcel> parcels = new ArrayDeque<>();
        private boolean waiting;

        Queue(Line line) {
            this.line = line;
        }

        /**
         * What is stored stays as long as something before it may not be: the log recognises no
         * more than the last five.
         */
        void removeStored() {
            while (!parcels.isEmpty() && parcels.getFirst().stored) {
                parcels.removeFirst();
            }
        }
    }

    /** A batch, and the attempt whose answer is waited for. */
    private static final class Parcel {

        private final Dispatch dispatch;
        private final ValidBatch batch;
        private Optional<Attempt> current = Optional.empty();
        private boolean stored;

        Parcel(Dispatch dispatch, ValidBatch batch) {
            this.dispatch = dispatch;
            this.batch = batch;
        }

        boolean isCurrent(Attempt attempt) {
            return current.equals(Optional.of(attempt));
        }
    }
}
