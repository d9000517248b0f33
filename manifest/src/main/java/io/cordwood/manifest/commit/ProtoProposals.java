package io.cordwood.manifest.commit;

import io.cordwood.store.object.Bytes;

/** Turns proposals into Protocol Buffers and back, each as the file of its subject has it. */
final class ProtoProposals {

    private ProtoProposals() {}

    /** All of a proposal but the bytes of the segment that it may enclose. */
    static io.cordwood.manifest.proto.Proposal toProto(Proposal<?> proposal) {
        var proto = io.cordwood.manifest.proto.Proposal.newBuilder();
        switch (proposal) {
            case CreateTopic it -> proto.setCreateTopic(ProtoTopics.toProto(it));
            case DeleteTopic it -> proto.setDeleteTopic(ProtoTopics.toProto(it));
            case AddPartitions it -> proto.setAddPartitions(ProtoTopics.toProto(it));
            case DeleteRecords it -> proto.setDeleteRecords(ProtoTopics.toProto(it));
            case ChangeConfigs it -> proto.setChangeConfigs(ProtoTopics.toProto(it));
            case CommitSegment it -> proto.setCommitSegment(ProtoCommits.toProto(it));
            case ReserveProducerIds it -> proto.setReserveProducerIds(ProtoProducers.toProto(it));
            case ForgetProducers it -> proto.setForgetProducers(ProtoProducers.toProto(it));
            case InitTransactionalId it -> proto
                    .setInitTransactionalId(ProtoTransactions.toProto(it));
            case ForgetTransactionalIds it -> proto
                    .setForgetTransactionalIds(ProtoTransactions.toProto(it));
            case JoinTransaction it -> proto.setJoinTransaction(ProtoTransactions.toProto(it));
            case EndTransaction it -> proto.setEndTransaction(ProtoTransactions.toProto(it));
            case TakeGroupShard it -> proto.setTakeGroupShard(ProtoGroups.toProto(it));
            case WriteGroupRecords it -> proto.setWriteGroupRecords(ProtoGroups.toProto(it));
            case MergeRuns it -> proto.setMergeRuns(ProtoReplacements.toProto(it));
            case ConvertRuns it -> proto.setConvertRuns(ProtoReplacements.toProto(it));
            case CompactPartition it -> proto.setCompactPartition(ProtoUpkeep.toProto(it));
            case PublishTable it -> proto.setPublishTable(ProtoUpkeep.toProto(it));
            case ExpireUploads it -> proto.setExpireUploads(ProtoUpkeep.toProto(it));
            case TakeWal it -> proto.setTakeWal(ProtoNodes.toProto(it));
            case JoinCluster it -> proto.setJoinCluster(ProtoNodes.toProto(it));
            case LeaveCluster it -> proto.setLeaveCluster(ProtoNodes.toProto(it));
            case CollectObjects it -> proto.setCollectObjects(ProtoUpkeep.toProto(it));
        }
        return proto.build();
    }

    /**
     * Throws {@link IllegalArgumentException} or {@link io.cordwood.runtime.RejectedException} for
     * what nobody can propose.
     *
     * @param segment what the proposal encloses, if it does
     */
    static Proposal<?> fromProto(io.cordwood.manifest.proto.Proposal proto, Bytes segment) {
        return switch (proto.getProposalCase()) {
            case CREATE_TOPIC -> ProtoTopics.fromProto(proto.getCreateTopic());
            case DELETE_TOPIC -> ProtoTopics.fromProto(proto.getDeleteTopic());
            case ADD_PARTITIONS -> ProtoTopics.fromProto(proto.getAddPartitions());
            case DELETE_RECORDS -> ProtoTopics.fromProto(proto.getDeleteRecords());
            case CHANGE_CONFIGS -> ProtoTopics.fromProto(proto.getChangeConfigs());
            case COMMIT_SEGMENT -> ProtoCommits.fromProto(proto.getCommitSegment(), segment);
            case RESERVE_PRODUCER_IDS -> ProtoProducers.fromProto(proto.getReserveProducerIds());
            case FORGET_PRODUCERS -> ProtoProducers.fromProto(proto.getForgetProducers());
            case INIT_TRANSACTIONAL_ID -> ProtoTransactions
                    .fromProto(proto.getInitTransactionalId());
            case FORGET_TRANSACTIONAL_IDS -> ProtoTransactions
                    .fromProto(proto.getForgetTransactionalIds());
            case JOIN_TRANSACTION -> ProtoTransactions.fromProto(proto.getJoinTransaction());
            case END_TRANSACTION -> ProtoTransactions.fromProto(proto.getEndTransaction());
            case TAKE_GROUP_SHARD -> ProtoGroups.fromProto(proto.getTakeGroupShard());
            case WRITE_GROUP_RECORDS -> ProtoGroups.fromProto(proto.getWriteGroupRecords());
            case MERGE_RUNS -> ProtoReplacements.fromProto(proto.getMergeRuns());
            case CONVERT_RUNS -> ProtoReplacements.fromProto(proto.getConvertRuns());
            case COMPACT_PARTITION -> ProtoUpkeep.fromProto(proto.getCompactPartition());
            case PUBLISH_TABLE -> ProtoUpkeep.fromProto(proto.getPublishTable());
            case EXPIRE_UPLOADS -> ProtoUpkeep.fromProto(proto.getExpireUploads());
            case COLLECT_OBJECTS -> ProtoUpkeep.fromProto(proto.getCollectObjects());
            case TAKE_WAL -> ProtoNodes.fromProto(proto.getTakeWal());
            case JOIN_CLUSTER -> ProtoNodes.fromProto(proto.getJoinCluster());
            case LEAVE_CLUSTER -> ProtoNodes.fromProto(proto.getLeaveCluster());
            case PROPOSAL_NOT_SET -> throw new IllegalArgumentException(
                    "it is of a kind that this version does not know: a newer one sent it");
        };
    }
}
