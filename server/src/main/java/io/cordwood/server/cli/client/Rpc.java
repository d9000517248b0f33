package io.cordwood.server.cli.client;

import com.google.protobuf.Message;
import io.cordwood.server.grpc.proto.CreateTopicRequest;
import io.cordwood.server.grpc.proto.CreateTopicResponse;
import io.cordwood.server.grpc.proto.DeleteTopicRequest;
import io.cordwood.server.grpc.proto.DeleteTopicResponse;
import io.cordwood.server.grpc.proto.DescribeTopicRequest;
import io.cordwood.server.grpc.proto.DescribeTopicResponse;
import io.cordwood.server.grpc.proto.FetchRequest;
import io.cordwood.server.grpc.proto.FetchResponse;
import io.cordwood.server.grpc.proto.ListOffsetsRequest;
import io.cordwood.server.grpc.proto.ListOffsetsResponse;
import io.cordwood.server.grpc.proto.ListTopicsRequest;
import io.cordwood.server.grpc.proto.ListTopicsResponse;
import io.cordwood.server.grpc.proto.ProduceStreamRequest;
import io.cordwood.server.grpc.proto.ProduceStreamResponse;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;

/**
 * A method of the log's service.
 *
 * @param <Q> what is asked
 * @param <A> what is answered
 */
public record Rpc<Q extends Message, A extends Message>(ServiceMethod<A, Q> method) {

    public static final Rpc<CreateTopicRequest, CreateTopicResponse> CREATE_TOPIC = of(
            "CreateTopic", CreateTopicResponse.getDefaultInstance());
    public static final Rpc<DeleteTopicRequest, DeleteTopicResponse> DELETE_TOPIC = of(
            "DeleteTopic", DeleteTopicResponse.getDefaultInstance());
    public static final Rpc<ListTopicsRequest, ListTopicsResponse> LIST_TOPICS = of(
            "ListTopics", ListTopicsResponse.getDefaultInstance());
    public static final Rpc<DescribeTopicRequest, DescribeTopicResponse> DESCRIBE_TOPIC = of(
            "DescribeTopic", DescribeTopicResponse.getDefaultInstance());
    public static final Rpc<ListOffsetsRequest, ListOffsetsResponse> LIST_OFFSETS = of(
            "ListOffsets", ListOffsetsResponse.getDefaultInstance());
    static final Rpc<FetchRequest, FetchResponse> FETCH = of("Fetch",
            FetchResponse.getDefaultInstance());
    static final Rpc<ProduceStreamRequest, ProduceStreamResponse> PRODUCE_STREAM = of(
            "ProduceStream", ProduceStreamResponse.getDefaultInstance());

    private static <Q extends Message, A extends Message> Rpc<Q, A> of(String name, A answer) {
        return new Rpc<>(ServiceMethod.client(ServiceName.create("cordwood.v1.Log"), name,
                GrpcMessageEncoder.encoder(), GrpcMessageDecoder.decoder(answer)));
    }
}
