package io.cordwood.server.grpc;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.server.grpc.proto.CreateTopicRequest;
import io.cordwood.server.grpc.proto.CreateTopicResponse;
import io.cordwood.server.grpc.proto.DeleteTopicRequest;
import io.cordwood.server.grpc.proto.DeleteTopicResponse;
import io.cordwood.server.grpc.proto.DescribeTopicRequest;
import io.cordwood.server.grpc.proto.DescribeTopicResponse;
import io.cordwood.server.grpc.proto.ListOffsetsRequest;
import io.cordwood.server.grpc.proto.ListOffsetsResponse;
import io.cordwood.server.grpc.proto.ListTopicsRequest;
import io.cordwood.server.grpc.proto.ListTopicsResponse;
import io.cordwood.server.grpc.proto.PartitionOffsets;
import io.cordwood.server.grpc.proto.Topic;
import io.cordwood.server.log.RecordLog;
import io.cordwood.server.log.TopicDescription;
import io.vertx.core.Future;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/** Answers the unary calls about topics and their offsets. */
final class TopicCalls {

    private final RecordLog log;

    TopicCalls(RecordLog log) {
        this.log = log;
    }

    Future<CreateTopicResponse> create(Received<CreateTopicRequest> request) {
        return log.createTopic(new TopicName(request.value().getName()),
                request.value().getPartitions()).map(CreateTopicResponse.getDefaultInstance());
    }

    Future<DeleteTopicResponse> delete(Received<DeleteTopicRequest> request) {
        return log.deleteTopic(new TopicName(request.value().getName()))
                .map(DeleteTopicResponse.getDefaultInstance());
    }

    Future<ListTopicsResponse> list(Received<ListTopicsRequest> request) {
        return Future.succeededFuture(ListTopicsResponse.newBuilder()
                .addAllTopics(log.topics().stream().map(TopicCalls::toProto).toList()).build());
    }

    Future<DescribeTopicResponse> describe(Received<DescribeTopicRequest> request) {
        return log.topic(new TopicName(request.value().getName()))
                .map(topic -> DescribeTopicResponse
                        .newBuilder().setTopic(toProto(topic)).build());
    }

    Future<ListOffsetsResponse> offsets(Received<ListOffsetsRequest> message) {
        ListOffsetsRequest request = message.value();
        return log.topic(new TopicName(request.getTopic()))
                .compose(topic -> Future.all(partitions(request, topic).stream()
                        .map(partition -> offsets(topic.name(), partition, request)).toList()))
                .map(all -> ListOffsetsResponse.newBuilder()
                        .addAllPartitions(all.<PartitionOffsets>list()).build());
    }

    private Future<PartitionOffsets> offsets(TopicName topic, int partition,
            ListOffsetsRequest request) {
        Future<OptionalLong> found = request.hasTimestampMillis()
                ? log.offsetAt(topic, partition, request.getTimestampMillis())
                : Future.succeededFuture(OptionalLong.empty());
        return found.compose(offset -> log.offsets(topic, partition).map(range -> {
            PartitionOffsets.Builder offsets = PartitionOffsets.newBuilder()
                    .setPartition(partition)
                    .setStartOffset(range.start()).setEndOffset(range.end());
            offset.ifPresent(offsets::setTimestampOffset);
            return offsets.build();
        }));
    }

    private static List<Integer> partitions(ListOffsetsRequest request, TopicDescription topic) {
        return request.getPartitionsCount() > 0
                ? request.getPartitionsList()
                : IntStream.range(0, topic.partitions()).boxed().toList();
    }

    private static Topic toProto(TopicDescription topic) {
        return Topic.newBuilder().setName(topic.name().value()).setId(topic.id().toString())
                .setPartitions(topic.partitions()).build();
    }
}
