package io.cordwood.simulation.truth;

import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.runtime.RejectedException;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.segment.PartitionId;
import java.util.List;
import java.util.Optional;

/** Whether producers are refused for no reason but that which they are told. */
public final class Rights {

    private final Judge judge;
    private final Truth truth;

    Rights(Judge judge, Truth truth) {
        this.judge = judge;
        this.truth = truth;
    }

    /** A batch was refused that its producer waits for. */
    public void refusedAppend(Attempt attempt, RejectedException refusal) {
        Line line = attempt.dispatch().line();
        boolean rightful = switch (refusal.reason()) {
            case UNKNOWN_TOPIC, UNKNOWN_PARTITION -> isGone(line.partition());
            case OUT_OF_ORDER_SEQUENCE -> !attempt.next() || truth.isForgotten(line.producer());
            case INVALID_PRODUCER_EPOCH -> attempt.dispatch().transaction()
                    .filter(it -> isReplaced(it.id(), line.producer())).isPresent();
            default -> false;
        };
        judge.check(rightful, "no batch is refused without need: %s (%s)", attempt, refusal);
    }

    /** Partitions may not be part of a transaction. */
    public void refusedJoin(Transaction transaction, List<PartitionId> partitions,
            RejectedException refusal) {
        boolean rightful = switch (refusal.reason()) {
            case UNKNOWN_TOPIC, UNKNOWN_PARTITION -> partitions.stream().anyMatch(this::isGone);
            case PRODUCER_FENCED -> isReplaced(transaction.id(), transaction.producer());
            default -> false;
        };
        judge.check(rightful, "no partition is refused without need: %s (%s)", transaction,
                refusal);
    }

    /** A transaction may not end as its producer asked, which would have stayed the same. */
    public void refusedEnd(Transaction transaction, RejectedException refusal) {
        boolean rightful = switch (refusal.reason()) {
            case PRODUCER_FENCED -> isReplaced(transaction.id(), transaction.producer());
            default -> false;
        };
        judge.check(rightful, "no end is refused without need: %s (%s)", transaction, refusal);
    }

    /** A transaction may not end as its producer asked, which would have gone on as a later one. */
    public void refusedEndAndSuccession(Transaction transaction, boolean committed,
            RejectedException refusal) {
        refusedEnd(transaction, refusal);
        judge.check(!isSuccessorOf(transaction.id(), transaction.producer(),
                Optional.of(committed)),
                "who asks again how it ended is told the same: %s, to be committed: %s (%s)",
                transaction, committed, refusal);
    }

    /** An instance may not go on as a later one. */
    public void refusedSuccession(TransactionalId id, ProducerIdentity producer,
            RejectedException refusal) {
        boolean rightful = switch (refusal.reason()) {
            case PRODUCER_FENCED -> isReplaced(id, producer)
                    && !isSuccessorOf(id, producer, Optional.empty());
            default -> false;
        };
        judge.check(rightful, "who goes on is not refused without need: %s (%s)", producer,
                refusal);
    }

    private boolean isGone(PartitionId partition) {
        return truth.state().partition(partition).isEmpty();
    }

    private boolean isReplaced(TransactionalId id, ProducerIdentity producer) {
        return truth.transactions().tenureOf(id)
                .filter(tenure -> !tenure.current().equals(producer)).isPresent();
    }

    /** Whether who may use the id came about by what the instance itself asked for. */
    private boolean isSuccessorOf(TransactionalId id, ProducerIdentity producer,
            Optional<Boolean> ended) {
        return truth.transactions().tenureOf(id)
                .filter(tenure -> tenure.previous().equals(Optional.of(producer))
                        && tenure.ended().equals(ended))
                .isPresent();
    }
}
