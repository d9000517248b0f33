package io.cordwood.kafka.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.message.AddOffsetsToTxnRequestData;
import org.apache.kafka.common.message.ConsumerGroupDescribeRequestData;
import org.apache.kafka.common.message.ConsumerGroupHeartbeatRequestData;
import org.apache.kafka.common.message.DeleteGroupsRequestData;
import org.apache.kafka.common.message.DescribeGroupsRequestData;
import org.apache.kafka.common.message.HeartbeatRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData;
import org.apache.kafka.common.message.JoinGroupRequestData.JoinGroupRequestProtocol;
import org.apache.kafka.common.message.LeaveGroupRequestData;
import org.apache.kafka.common.message.LeaveGroupRequestData.MemberIdentity;
import org.apache.kafka.common.message.ListGroupsRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.message.OffsetDeleteRequestData;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestPartition;
import org.apache.kafka.common.message.OffsetDeleteRequestData.OffsetDeleteRequestTopic;
import org.apache.kafka.common.message.OffsetFetchRequestData;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestGroup;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopic;
import org.apache.kafka.common.message.OffsetFetchRequestData.OffsetFetchRequestTopics;
import org.apache.kafka.common.message.StreamsGroupDescribeRequestData;
import org.apache.kafka.common.message.StreamsGroupHeartbeatRequestData;
import org.apache.kafka.common.message.StreamsGroupHeartbeatRequestData.Subtopology;
import org.apache.kafka.common.message.StreamsGroupHeartbeatRequestData.Topology;
import org.apache.kafka.common.message.SyncGroupRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestPartition;
import org.apache.kafka.common.message.TxnOffsetCommitRequestData.TxnOffsetCommitRequestTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;

/**
 * A sensible request of each API of the groups, about one topic. Nobody is a member of a group
 * here: what only members may do is refused.
 *
 * @param topic its name
 * @param id its id
 */
record GroupRequestSamples(String topic, Uuid id) {

    private static final String NOBODY = "5a5a5a5a-0000-4000-8000-000000000000";
    private static final int WAIT_MILLIS = 30_000;

    ApiMessage of(ApiKeys api, short version) {
        return switch (api) {
            case JOIN_GROUP -> join();
            case SYNC_GROUP -> new SyncGroupRequestData().setGroupId("none").setMemberId(NOBODY)
                    .setProtocolType("consumer").setProtocolName("range");
            case HEARTBEAT -> new HeartbeatRequestData().setGroupId("none").setMemberId(NOBODY);
            case LEAVE_GROUP -> leave(version);
            case CONSUMER_GROUP_HEARTBEAT -> new ConsumerGroupHeartbeatRequestData()
                    .setGroupId("consumers-" + version).setMemberId(NOBODY)
                    .setRebalanceTimeoutMs(WAIT_MILLIS).setSubscribedTopicNames(List.of(topic))
                    .setTopicPartitions(List.of());
            case CONSUMER_GROUP_DESCRIBE -> new ConsumerGroupDescribeRequestData()
                    .setGroupIds(List.of("none"));
            case STREAMS_GROUP_HEARTBEAT -> streamsHeartbeat();
            case STREAMS_GROUP_DESCRIBE -> new StreamsGroupDescribeRequestData()
                    .setGroupIds(List.of("none"));
            case LIST_GROUPS -> new ListGroupsRequestData();
            case DESCRIBE_GROUPS -> new DescribeGroupsRequestData().setGroups(List.of("none"));
            case DELETE_GROUPS -> new DeleteGroupsRequestData().setGroupsNames(List.of("none"));
            case OFFSET_COMMIT -> commit(version);
            case OFFSET_FETCH -> fetch(version);
            case OFFSET_DELETE -> delete();
            case ADD_OFFSETS_TO_TXN -> new AddOffsetsToTxnRequestData().setTransactionalId("none")
                    .setProducerId(5).setGroupId("none");
            case TXN_OFFSET_COMMIT -> commitInTransaction();
            default -> throw new AssertionError("no request of " + api + " is known here");
        };
    }

    /** With a session that is too short: otherwise it would be answered after a while only. */
    private static ApiMessage join() {
        JoinGroupRequestData request = new JoinGroupRequestData().setGroupId("members")
                .setSessionTimeoutMs(1).setRebalanceTimeoutMs(WAIT_MILLIS)
                .setProtocolType("consumer");
        request.protocols().add(new JoinGroupRequestProtocol().setName("range")
                .setMetadata("m".getBytes(StandardCharsets.UTF_8)));
        return request;
    }

    private static ApiMessage leave(short version) {
        return version < 3
                ? new LeaveGroupRequestData().setGroupId("none").setMemberId(NOBODY)
                : new LeaveGroupRequestData().setGroupId("none")
                        .setMembers(List.of(new MemberIdentity().setMemberId(NOBODY)));
    }

    private ApiMessage streamsHeartbeat() {
        return new StreamsGroupHeartbeatRequestData().setGroupId("streams").setMemberId(NOBODY)
                .setProcessId(NOBODY).setRebalanceTimeoutMs(WAIT_MILLIS)
                .setTopology(new Topology().setEpoch(0).setSubtopologies(List.of(
                        new Subtopology().setSubtopologyId("0")
                                .setSourceTopics(List.of(topic)))))
                .setActiveTasks(List.of()).setStandbyTasks(List.of()).setWarmupTasks(List.of());
    }

    private ApiMessage commit(short version) {
        OffsetCommitRequestTopic committed = version < 10
                ? new OffsetCommitRequestTopic().setName(topic)
                : new OffsetCommitRequestTopic().setTopicId(id);
        return new OffsetCommitRequestData().setGroupId("readers")
                .setTopics(List.of(committed.setPartitions(List.of(
                        new OffsetCommitRequestPartition().setPartitionIndex(0)
                                .setCommittedOffset(1)))));
    }

    private ApiMessage fetch(short version) {
        if (version < 8) {
            return new OffsetFetchRequestData().setGroupId("readers")
                    .setTopics(List.of(new OffsetFetchRequestTopic().setName(topic)
                            .setPartitionIndexes(List.of(0))));
        }
        OffsetFetchRequestTopics wanted = version < 10
                ? new OffsetFetchRequestTopics().setName(topic)
                : new OffsetFetchRequestTopics().setTopicId(id);
        return new OffsetFetchRequestData().setGroups(List.of(new OffsetFetchRequestGroup()
                .setGroupId("readers")
                .setTopics(List.of(wanted.setPartitionIndexes(List.of(0))))));
    }

    private ApiMessage delete() {
        OffsetDeleteRequestData request = new OffsetDeleteRequestData().setGroupId("none");
        request.topics().add(new OffsetDeleteRequestTopic().setName(topic).setPartitions(
                List.of(new OffsetDeleteRequestPartition().setPartitionIndex(0))));
        return request;
    }

    private ApiMessage commitInTransaction() {
        return new TxnOffsetCommitRequestData().setTransactionalId("none").setGroupId("none")
                .setProducerId(5).setTopics(List.of(new TxnOffsetCommitRequestTopic()
                        .setName(topic).setPartitions(List.of(
                                new TxnOffsetCommitRequestPartition().setPartitionIndex(0)
                                        .setCommittedOffset(1)))));
    }
}
