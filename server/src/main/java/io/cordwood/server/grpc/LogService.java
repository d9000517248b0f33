package io.cordwood.server.grpc;

import com.google.protobuf.Descriptors.ServiceDescriptor;
import io.cordwood.server.grpc.proto.CreateTopicRequest;
import io.cordwood.server.grpc.proto.DeleteTopicRequest;
import io.cordwood.server.grpc.proto.DescribeTopicRequest;
import io.cordwood.server.grpc.proto.FetchRequest;
import io.cordwood.server.grpc.proto.FetchResponse;
import io.cordwood.server.grpc.proto.ListOffsetsRequest;
import io.cordwood.server.grpc.proto.ListTopicsRequest;
import io.cordwood.server.grpc.proto.LogProto;
import io.cordwood.server.grpc.proto.ProduceRequest;
import io.cordwood.server.grpc.proto.ProduceStreamRequest;
import io.cordwood.server.grpc.proto.ProduceStreamResponse;
import io.cordwood.server.log.RecordLog;

/** The service {@code cordwood.v1.Log}. */
final class LogService {

    static final ServiceDescriptor DESCRIPTOR = LogProto.getDescriptor().findServiceByName("Log");

    private LogService() {}

    static void bind(Methods methods, RecordLog log) {
        TopicCalls topics = new TopicCalls(log);
        methods.unary("Produce", ProduceRequest.parser(),
                message -> Appending.produce(log, message))
                .<ProduceStreamRequest, ProduceStreamResponse>streaming("ProduceStream",
                        ProduceStreamRequest.parser(),
                        call -> new ProduceStreamCall(log, call).start())
                .<FetchRequest, FetchResponse>streaming("Fetch", FetchRequest.parser(),
                        call -> call.onOneMessage(
                                message -> FetchCall.start(log, call, message.value())))
                .unary("CreateTopic", CreateTopicRequest.parser(), topics::create)
                .unary("DeleteTopic", DeleteTopicRequest.parser(), topics::delete)
                .unary("ListTopics", ListTopicsRequest.parser(), topics::list)
                .unary("DescribeTopic", DescribeTopicRequest.parser(), topics::describe)
                .unary("ListOffsets", ListOffsetsRequest.parser(), topics::offsets);
    }
}
