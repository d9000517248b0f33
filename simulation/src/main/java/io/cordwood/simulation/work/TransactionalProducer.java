package io.cordwood.simulation.work;

import io.cordwood.kafka.producers.Instances;
import io.cordwood.kafka.producers.TransactionEnds;
import io.cordwood.manifest.commit.JoinTransaction;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.runtime.RejectedException;
import io.cordwood.simulation.process.Fleet;
import io.cordwood.simulation.truth.Transaction;
import io.cordwood.simulation.work.Requests.Question;
import io.cordwood.simulation.world.World;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A client with a transactional id, as Kafka's is: it takes the place of those before it, makes one
 * transaction after the other, commits only what was all confirmed, and is over when it is told
 * that another is in its place.
 */
final class TransactionalProducer {

    private static final int TIMEOUT_MILLIS_MIN = 3_000;
    private static final int TIMEOUT_MILLIS_MAX = 20_000;
    private static final int BATCHES_MAX = 5;
    private static final int COMMITS_OF_FOUR = 3;

    /** How long it waits for what it sent before it gives its transaction up. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final World world;
    private final TransactionalId id;
    private final Generation generation;
    private final int number;
    private final int timeoutMillis;
    private final Contact contact;
    private final Requests requests;
    private Phase phase = Phase.WAITING;
    private Optional<Session> session = Optional.empty();

    /** A client that asks to be the one of its id. */
    TransactionalProducer(World world, Fleet fleet, TransactionalId id, Generation generation) {
        this.world = world;
        this.id = id;
        this.generation = generation;
        this.number = world.journal().client();
        this.timeoutMillis = world.chance().nextInt(TIMEOUT_MILLIS_MIN, TIMEOUT_MILLIS_MAX);
        this.contact = new Contact(world, fleet);
        this.requests = new Requests(world, contact);
        world.note("begin " + this);
        ask("initialize", true, ends -> initialize(ends, Optional.empty()), this::goOnAs,
                refusal -> world.judge().check(false, "a new client is taken in: %s (%s)", this,
                        refusal));
    }

    /** Does the next thing, unless it waits for an answer. */
    void step() {
        switch (phase) {
            case READY -> begin(session.orElseThrow());
            case OPEN -> goOn(session.orElseThrow());
            case WAITING, OVER -> {
            }
        }
    }

    /** Whether it can do no more. */
    boolean isOver() {
        return phase == Phase.OVER;
    }

    /** It does no more, in the middle of whatever it did. */
    void die() {
        world.note("end " + this);
        phase = Phase.OVER;
        requests.close();
        session.ifPresent(open -> open.outbox.close());
    }

    @Override
    public String toString() {
        return "client " + number + " of " + id + " (" + generation + ")";
    }

    private void goOnAs(ProducerIdentity producer) {
        world.journal().given(number, producer);
        session.ifPresent(before -> before.outbox.close());
        session = Optional.of(new Session(producer));
        phase = Phase.READY;
    }

    private void begin(Session now) {
        now.transaction = world.journal().begin(id, now.producer);
        now.begunAtNanos = world.time().nanoTime();
        now.batchesLeft = 1 + world.chance().nextInt(BATCHES_MAX);
        now.members.clear();
        now.mustAbort = false;
        phase = Phase.OPEN;
    }

    private void goOn(Session now) {
        if (now.mustAbort) {
            end(now, false);
        } else if (now.batchesLeft > 0) {
            now.batchesLeft--;
            contact.somePartition().ifPresent(partition -> send(now, partition));
        } else if (now.outbox.size() == 0) {
            end(now, world.chance().nextInt(4) < COMMITS_OF_FOUR);
        } else if (world.time().nanoTime() - now.begunAtNanos > PATIENCE.toNanos()) {
            end(now, false);
        }
    }

    private void send(Session now, PartitionId partition) {
        if (generation == Generation.NEWER || now.members.contains(partition)) {
            now.outbox.send(partition, Optional.of(now.transaction));
            return;
        }
        ask("join " + partition, false,
                ends -> ends.log().propose(
                        new JoinTransaction(id, now.producer, List.of(partition))),
                joined -> {
                    now.members.add(partition);
                    now.outbox.send(partition, Optional.of(now.transaction));
                    phase = Phase.OPEN;
                }, refusal -> notJoined(now, partition, refusal));
    }

    private void notJoined(Session now, PartitionId partition, RejectedException refusal) {
        world.journal().rights().refusedJoin(now.transaction, List.of(partition), refusal);
        switch (refusal.reason()) {
            case UNKNOWN_TOPIC, UNKNOWN_PARTITION -> {
                now.mustAbort = true;
                phase = Phase.OPEN;
            }
            default -> fenced();
        }
    }

    /** A transaction in which nothing was sent is known to nobody else. */
    private void end(Session now, boolean committed) {
        if (now.transaction.isEmpty() && now.members.isEmpty()) {
            phase = Phase.READY;
        } else if (generation == Generation.NEWER) {
            endAndSucceed(now, committed);
        } else if (now.outbox.size() > 0) {
            startOver(now);
        } else {
            endAndStay(now, committed);
        }
    }

    private void endAndSucceed(Session now, boolean committed) {
        askEnd(now, committed, true, ends -> ends.endAndSucceed(id, now.producer, committed),
                next -> {
                    world.journal().ended(now.transaction, committed);
                    goOnAs(next);
                }, refusal -> world.journal().rights().refusedEndAndSuccession(now.transaction,
                        committed, refusal));
    }

    private void endAndStay(Session now, boolean committed) {
        askEnd(now, committed, false, ends -> ends.end(id, now.producer, committed), same -> {
            world.judge().check(same.equals(now.producer), "an instance stays the same: %s is %s",
                    now.producer, same);
            world.journal().ended(now.transaction, committed);
            phase = Phase.READY;
        }, refusal -> world.journal().rights().refusedEnd(now.transaction, refusal));
    }

    private void askEnd(Session now, boolean committed, boolean mayStray,
            Function<TransactionEnds, Future<ProducerIdentity>> request,
            Consumer<ProducerIdentity> answered, Consumer<RejectedException> refused) {
        if (committed) {
            now.transaction.askCommit();
        }
        ask((committed ? "commit" : "abort") + " as " + now.producer, mayStray, request, answered,
                refusal -> {
                    refused.accept(refusal);
                    fenced();
                });
    }

    /** What was not confirmed may come yet: only a later instance can go on. */
    private void startOver(Session now) {
        ask("initialize after " + now.producer, false,
                ends -> initialize(ends, Optional.of(now.producer)), next -> {
                    world.journal().ended(now.transaction, false);
                    goOnAs(next);
                }, refusal -> {
                    world.journal().rights().refusedSuccession(id, now.producer, refusal);
                    fenced();
                });
    }

    private void fenced() {
        world.journal().counts().countFenced();
        die();
    }

    private <T> void ask(String what, boolean mayStray,
            Function<TransactionEnds, Future<T>> request, Consumer<T> answered,
            Consumer<RejectedException> refused) {
        phase = Phase.WAITING;
        requests.ask(new Question<>(what + " for " + this, mayStray, request, answered, refused));
    }

    private Future<ProducerIdentity> initialize(TransactionEnds ends,
            Optional<ProducerIdentity> expected) {
        return new Instances(ends).next(id, timeoutMillis, expected);
    }

    private enum Phase {
        /** It waits for an answer. */
        WAITING,
        /** It has no transaction open. */
        READY,
        /** It has. */
        OPEN,
        /** It does nothing any more. */
        OVER
    }

    /** What it does as one instance. */
    private final class Session {

        private final ProducerIdentity producer;
        private final Outbox outbox;
        private final Set<PartitionId> members = new LinkedHashSet<>();
        private Transaction transaction;
        private long begunAtNanos;
        private int batchesLeft;
        private boolean mustAbort;

        Session(ProducerIdentity producer) {
            this.producer = producer;
            this.outbox = new Outbox(world, contact, producer, generation == Generation.NEWER,
                    () -> mustAbort = true);
            this.transaction = world.journal().begin(id, producer);
        }
    }
}
