package io.cordwood.groups;

import io.cordwood.groups.members.DescribeGroupsHandler;
import io.cordwood.groups.members.StreamsGroupHeartbeatHandler;
import io.cordwood.groups.members.SyncGroupHandler;
import io.cordwood.groups.offsets.AddOffsetsToTxnHandler;
import io.cordwood.groups.offsets.Coordinated;
import io.cordwood.groups.offsets.OffsetCommitHandler;
import io.cordwood.groups.offsets.OffsetDeleteHandler;
import io.cordwood.groups.offsets.OffsetFetchHandler;
import io.cordwood.groups.offsets.TxnOffsetCommitHandler;
import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.wire.Api;
import java.util.List;
import org.apache.kafka.common.message.ConsumerGroupDescribeResponseData;
import org.apache.kafka.common.message.DeleteGroupsResponseData;
import org.apache.kafka.common.message.StreamsGroupDescribeResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AddOffsetsToTxnRequest;
import org.apache.kafka.common.requests.ConsumerGroupDescribeRequest;
import org.apache.kafka.common.requests.ConsumerGroupHeartbeatRequest;
import org.apache.kafka.common.requests.DeleteGroupsRequest;
import org.apache.kafka.common.requests.DescribeGroupsRequest;
import org.apache.kafka.common.requests.HeartbeatRequest;
import org.apache.kafka.common.requests.JoinGroupRequest;
import org.apache.kafka.common.requests.JoinGroupResponse;
import org.apache.kafka.common.requests.LeaveGroupRequest;
import org.apache.kafka.common.requests.LeaveGroupResponse;
import org.apache.kafka.common.requests.ListGroupsRequest;
import org.apache.kafka.common.requests.OffsetCommitRequest;
import org.apache.kafka.common.requests.OffsetDeleteRequest;
import org.apache.kafka.common.requests.OffsetFetchRequest;
import org.apache.kafka.common.requests.StreamsGroupDescribeRequest;
import org.apache.kafka.common.requests.StreamsGroupHeartbeatRequest;
import org.apache.kafka.common.requests.SyncGroupRequest;
import org.apache.kafka.common.requests.TxnOffsetCommitRequest;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.coordinator.group.GroupCoordinator;

/**
 * Every API of the groups, and by whom it is served: most are the coordinator's own. Share groups
 * are not among them: their consumers are told so when they join, not left waiting for records.
 */
final class GroupApis {

    private final KafkaLog log;
    private final GroupCoordinator coordinator;

    GroupApis(KafkaLog log, GroupCoordinator coordinator) {
        this.log = log;
        this.coordinator = coordinator;
    }

    List<Api<?>> all() {
        return List.of(joinGroup(), heartbeat(), leaveGroup(),
                Api.of(ApiKeys.SYNC_GROUP, SyncGroupRequest.class,
                        new SyncGroupHandler(coordinator)),
                consumerGroupHeartbeat(), consumerGroupDescribe(),
                Api.of(ApiKeys.STREAMS_GROUP_HEARTBEAT, StreamsGroupHeartbeatRequest.class,
                        new StreamsGroupHeartbeatHandler(log, coordinator)),
                streamsGroupDescribe(), listGroups(), deleteGroups(),
                Api.of(ApiKeys.DESCRIBE_GROUPS, DescribeGroupsRequest.class,
                        new DescribeGroupsHandler(coordinator)),
                Api.of(ApiKeys.OFFSET_COMMIT, OffsetCommitRequest.class,
                        new OffsetCommitHandler(log, coordinator)),
                Api.of(ApiKeys.OFFSET_FETCH, OffsetFetchRequest.class,
                        new OffsetFetchHandler(log, coordinator)),
                Api.of(ApiKeys.OFFSET_DELETE, OffsetDeleteRequest.class,
                        new OffsetDeleteHandler(log, coordinator)),
                Api.of(ApiKeys.ADD_OFFSETS_TO_TXN, AddOffsetsToTxnRequest.class,
                        new AddOffsetsToTxnHandler(log, coordinator)),
                Api.of(ApiKeys.TXN_OFFSET_COMMIT, TxnOffsetCommitRequest.class,
                        new TxnOffsetCommitHandler(log, coordinator)));
    }

    private Api<?> joinGroup() {
        return Api.of(ApiKeys.JOIN_GROUP, JoinGroupRequest.class, (call, request) -> Coordinated
                .answer(coordinator.joinGroup(call.context(), request.data(),
                        BufferSupplier.NO_CACHING)
                        .thenApply(it -> new JoinGroupResponse(it, call.version()).data())));
    }

    private Api<?> heartbeat() {
        return Api.of(ApiKeys.HEARTBEAT, HeartbeatRequest.class, (call, request) -> Coordinated
                .answer(coordinator.heartbeat(call.context(), request.data())));
    }

    private Api<?> leaveGroup() {
        return Api.of(ApiKeys.LEAVE_GROUP, LeaveGroupRequest.class, (call, request) -> Coordinated
                .answer(coordinator.leaveGroup(call.context(), request.normalizedData())
                        .thenApply(it -> new LeaveGroupResponse(it, call.version()).data())));
    }

    private Api<?> consumerGroupHeartbeat() {
        return Api.of(ApiKeys.CONSUMER_GROUP_HEARTBEAT, ConsumerGroupHeartbeatRequest.class,
                (call, request) -> Coordinated.answer(
                        coordinator.consumerGroupHeartbeat(call.context(), request.data())));
    }

    private Api<?> consumerGroupDescribe() {
        return Api.of(ApiKeys.CONSUMER_GROUP_DESCRIBE, ConsumerGroupDescribeRequest.class,
                (call, request) -> Coordinated.answer(coordinator
                        .consumerGroupDescribe(call.context(), request.data().groupIds())
                        .thenApply(it -> new ConsumerGroupDescribeResponseData().setGroups(it))));
    }

    private Api<?> streamsGroupDescribe() {
        return Api.of(ApiKeys.STREAMS_GROUP_DESCRIBE, StreamsGroupDescribeRequest.class,
                (call, request) -> Coordinated.answer(coordinator
                        .streamsGroupDescribe(call.context(), request.data().groupIds())
                        .thenApply(it -> new StreamsGroupDescribeResponseData().setGroups(it))));
    }

    private Api<?> listGroups() {
        return Api.of(ApiKeys.LIST_GROUPS, ListGroupsRequest.class, (call, request) -> Coordinated
                .answer(coordinator.listGroups(call.context(), request.data())));
    }

    private Api<?> deleteGroups() {
        return Api.of(ApiKeys.DELETE_GROUPS, DeleteGroupsRequest.class,
                (call, request) -> Coordinated.answer(coordinator
                        .deleteGroups(call.context(), request.data().groupsNames(),
                                BufferSupplier.NO_CACHING)
                        .thenApply(it -> new DeleteGroupsResponseData().setResults(it))));
    }
}
