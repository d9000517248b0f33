package io.cordwood.manifest.commit;

import io.cordwood.manifest.state.ManifestState;

/**
 * Something that is to become true, if it may.
 *
 * @param <T> what the proposer is told when it did
 */
public sealed interface Proposal<T> permits CreateTopic, DeleteTopic, CommitSegment,
        ReserveProducerIds, ForgetProducers, InitTransactionalId, ForgetTransactionalIds,
        JoinTransaction, EndTransaction, TakeGroupShard, WriteGroupRecords, ChangeConfigs,
        AddPartitions, DeleteRecords, MergeRuns, ConvertRuns, CompactPartition,
        PublishTable, CollectObjects, ExpireUploads, TakeWal, JoinCluster, LeaveCluster {

    /**
     * Judges the proposal. Pure: the same state gives the same decision.
     *
     * @param state what is true, with all that goes before it in the same entry
     * @param inlinePosition where the next inline segment of the entry begins
     */
    Decision<T> decide(ManifestState state, int inlinePosition);

    /** How many bytes it adds to its entry at most, if it is judged in this state. */
    int entrySizeMax(ManifestState state);
}
