package io.cordwood.manifest.commit;

import static io.cordwood.runtime.RejectedException.Reason.INVALID_PRODUCER_EPOCH;
import static io.cordwood.runtime.RejectedException.Reason.INVALID_TRANSACTION_STATE;
import static io.cordwood.runtime.RejectedException.Reason.PRODUCER_FENCED;
import static io.cordwood.runtime.RejectedException.Reason.UNKNOWN_TRANSACTION;

import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TransactionState;
import io.cordwood.runtime.RejectedException;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.batch.ProducerSequence;
import io.cordwood.store.segment.PartitionId;
import java.util.Optional;

/**
 * Who may do what in a transaction.
 *
 * @see <a href="https://cwiki.apache.org/confluence/display/KAFKA/KIP-890">KIP-890</a>
 */
final class TransactionRules {

    private TransactionRules() {}

    /** Why an instance of a producer may not use a transactional id; empty if it may. */
    static Optional<RejectedException> refusal(ManifestState state, TransactionalId id,
            ProducerIdentity producer) {
        Optional<TransactionState> transaction = state.transactions().of(id);
        if (transaction.isEmpty() || transaction.get().producer().id() != producer.id()) {
            return Optional.of(new RejectedException(UNKNOWN_TRANSACTION, "producer "
                    + producer.id() + " does not use the transactional id " + id));
        }
        return transaction.get().producer().equals(producer)
                ? Optional.empty()
                : Optional.of(new RejectedException(PRODUCER_FENCED, "another instance uses the"
                        + " transactional id " + id + " now: " + transaction.get().producer()));
    }

    /** Why a batch may not be part of a partition; empty if it may. */
    static Optional<RejectedException> refusal(ManifestState state, PartitionId partition,
            ProducerSequence batch) {
        Optional<TransactionState> known = state.transactions().ofProducer(batch.producerId());
        if (!batch.transactional()) {
            return known
                    .map(transaction -> outside(batch.producerId(), "it uses the transactional id "
                            + transaction.id() + " and sends outside of a transaction"));
        }
        if (known.isEmpty()) {
            return Optional.of(outside(batch.producerId(), "it has no transactional id"));
        }
        TransactionState transaction = known.get();
        if (!transaction.producer().equals(batch.producer())) {
            return Optional.of(isOver(batch.producer(), transaction));
        }
        boolean joined = transaction.isOngoing() && transaction.includes(partition);
        return joined || batch.transaction() == ProducerSequence.Membership.JOINS
                ? Optional.empty()
                : Optional.of(outside(batch.producerId(),
                        "the partition is not part of its transaction"));
    }

    /** Why records of a transaction may not be pending in a shard; empty if they may. */
    static Optional<RejectedException> refusal(ManifestState state, GroupShard shard,
            WriteGroupRecords.Membership member) {
        Optional<TransactionState> known = state.transactions()
                .ofProducer(member.producer().id());
        if (known.isEmpty()) {
            return Optional.of(outside(member.producer().id(), "it has no transactional id"));
        }
        TransactionState transaction = known.get();
        if (!transaction.producer().equals(member.producer())) {
            return Optional.of(isOver(member.producer(), transaction));
        }
        return member.joins() || (transaction.isOngoing() && transaction.includes(shard))
                ? Optional.empty()
                : Optional.of(outside(member.producer().id(),
                        "the group is not part of its transaction"));
    }

    private static RejectedException isOver(ProducerIdentity producer,
            TransactionState transaction) {
        return new RejectedException(INVALID_PRODUCER_EPOCH, "producer " + producer.id()
                + " goes on under epoch " + transaction.producer().epoch()
                + ": the one of epoch " + producer.epoch() + " is over");
    }

    private static RejectedException outside(long producerId, String reason) {
        return new RejectedException(INVALID_TRANSACTION_STATE,
                "producer " + producerId + ": " + reason);
    }
}
