package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.GroupShard;
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
 * Partitions, and shards of groups, are to be part of a producer's open transaction, which is begun
 * if none is. Answered with how many were not yet.
 */
public record JoinTransaction(TransactionalId id, ProducerIdentity producer,
        List<PartitionId> partitions, List<GroupShard> groupShards) implements Proposal<Integer> {

    public JoinTransaction {
        partitions = List.copyOf(partitions);
        groupShards = List.copyOf(groupShards);
    }

    /** Partitions are to join. */
    public JoinTransaction(TransactionalId id, ProducerIdentity producer,
            List<PartitionId> partitions) {
        this(id, producer, partitions, List.of());
    }

    /** A shard is to join. */
    public JoinTransaction(TransactionalId id, ProducerIdentity producer, GroupShard shard) {
        this(id, producer, List.of(), List.of(shard));
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
        List<GroupShard> joiningShards = groupShards.stream()
                .filter(shard -> !transaction.includes(shard)).distinct().toList();
        int count = joining.size() + joiningShards.size();
        return count == 0
                ? new Decision.Settled<>(0)
                : new Decision.Accepted<>(new TransactionJoined(id, joining, joiningShards),
                        List.of(), count);
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
