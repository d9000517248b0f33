package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ManifestEvent.TransactionJoined;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TransactionState;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.segment.PartitionId;
import java.util.List;
import java.util.Optional;

/**
 * Partitions are to be part of a producer's open transaction, which is begun if none is. Answered
 * with how many were not yet.
 */
public record JoinTransaction(TransactionalId id, ProducerIdentity producer,
        List<PartitionId> partitions) implements Proposal<Integer> {

    public JoinTransaction {
        partitions = List.copyOf(partitions);
    }

    @Override
    public Decision<Integer> decide(ManifestState state, int inlinePosition) {
        Optional<RejectedException> refusal = TransactionRules.refusal(state, id, producer)
                .or(() -> missing(state));
        if (refusal.isPresent()) {
            return new Decision.Refused<>(refusal.get());
        }
        TransactionState transaction = state.transactions().of(id).orElseThrow();
        List<PartitionId> joining = partitions.stream()
                .filter(partition -> !transaction.includes(partition)).distinct()
                .toList();
        return joining.isEmpty()
                ? new Decision.Settled<>(0)
                : new Decision.Accepted<>(new TransactionJoined(id, joining), List.of(),
                        joining.size());
    }

    private Optional<RejectedException> missing(ManifestState state) {
        return partitions.stream().filter(partition -> state.partition(partition).isEmpty())
                .findFirst().map(partition -> new RejectedException(Reason.UNKNOWN_PARTITION,
                        "there is no partition " + partition));
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return TransactionSizes.EVENT_SIZE_MAX
                + TransactionSizes.PARTITION_SIZE_MAX * partitions.size();
    }
}
