package io.cordwood.server.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.server.grpc.EdgeServer.Ending;
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
import io.cordwood.server.log.NewRecord;
import io.cordwood.store.batch.LogRecord;
import io.vertx.grpc.common.GrpcStatus;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TopicCallsTest {

    private final EdgeServer server = new EdgeServer();

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void aTopicIsCreatedListedDescribedAndDeleted() {
        Ending<CreateTopicResponse> created = create("b", 2);
        create("a", 1);
        Ending<ListTopicsResponse> listed = list();
        Ending<DescribeTopicResponse> described = server.ask("DescribeTopic",
                DescribeTopicRequest.newBuilder().setName("b").build(),
                DescribeTopicResponse.getDefaultInstance());
        Ending<DeleteTopicResponse> deleted = server.ask("DeleteTopic",
                DeleteTopicRequest.newBuilder().setName("a").build(),
                DeleteTopicResponse.getDefaultInstance());

        assertThat(created.status()).isEqualTo(GrpcStatus.OK);
        assertThat(listed.answers().getFirst().getTopicsList()).extracting(Topic::getName)
                .containsExactly("a", "b");
        assertThat(described.answers().getFirst().getTopic()).isEqualTo(Topic.newBuilder()
                .setName("b").setPartitions(2).setId("00000000-0000-0000-0000-000000000007")
                .build());
        assertThat(deleted.status()).isEqualTo(GrpcStatus.OK);
        assertThat(list().answers().getFirst().getTopicsList()).extracting(Topic::getName)
                .containsExactly("b");
    }

    @Test
    void whatCannotBeDoneSaysWhy() {
        create("a", 1);

        assertThat(create("a", 1).status()).isEqualTo(GrpcStatus.ALREADY_EXISTS);
        assertThat(create("", 1).status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
        assertThat(create("..", 1).message()).contains("1 to 249");
        assertThat(create("b", 0).status()).isEqualTo(GrpcStatus.INVALID_ARGUMENT);
        assertThat(server.ask("DeleteTopic", DeleteTopicRequest.newBuilder().setName("no").build(),
                DeleteTopicResponse.getDefaultInstance()).status())
                .isEqualTo(GrpcStatus.NOT_FOUND);
        assertThat(server.ask("DescribeTopic",
                DescribeTopicRequest.newBuilder().setName("no").build(),
                DescribeTopicResponse.getDefaultInstance()).status())
                .isEqualTo(GrpcStatus.NOT_FOUND);
    }

    @Test
    void offsetsAreThoseOfNowAndThoseAtATime() {
        create("a", 2);
        server.log().append(new TopicName("a"), List.of(record(1_000), record(2_000))).await();

        Ending<ListOffsetsResponse> all = offsets(ListOffsetsRequest.newBuilder().setTopic("a"));
        Ending<ListOffsetsResponse> atTime = offsets(ListOffsetsRequest.newBuilder().setTopic("a")
                .addPartitions(1).addPartitions(0).setTimestampMillis(1_500));

        assertThat(all.answers().getFirst().getPartitionsList()).containsExactly(
                PartitionOffsets.newBuilder().setPartition(0).setEndOffset(2).build(),
                PartitionOffsets.newBuilder().setPartition(1).build());
        assertThat(atTime.answers().getFirst().getPartitionsList()).containsExactly(
                PartitionOffsets.newBuilder().setPartition(1).build(),
                PartitionOffsets.newBuilder().setPartition(0).setEndOffset(2).setTimestampOffset(1)
                        .build());
        assertThat(offsets(ListOffsetsRequest.newBuilder().setTopic("a").addPartitions(9)).status())
                .isEqualTo(GrpcStatus.NOT_FOUND);
    }

    private Ending<CreateTopicResponse> create(String name, int partitions) {
        return server.ask("CreateTopic",
                CreateTopicRequest.newBuilder().setName(name).setPartitions(partitions).build(),
                CreateTopicResponse.getDefaultInstance());
    }

    private Ending<ListTopicsResponse> list() {
        return server.ask("ListTopics", ListTopicsRequest.getDefaultInstance(),
                ListTopicsResponse.getDefaultInstance());
    }

    private Ending<ListOffsetsResponse> offsets(ListOffsetsRequest.Builder request) {
        return server.ask("ListOffsets", request.build(),
                ListOffsetsResponse.getDefaultInstance());
    }

    private static NewRecord record(long timestampMillis) {
        return new NewRecord(OptionalInt.of(0), new LogRecord(timestampMillis, Optional.empty(),
                Optional.empty(), List.of()));
    }
}
