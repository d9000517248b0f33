package io.cordwood.server.grpc;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.runtime.RejectedException;
import io.cordwood.server.grpc.proto.ProduceRequest;
import io.cordwood.server.grpc.proto.ProduceResponse;
import io.cordwood.server.grpc.proto.RecordResult;
import io.cordwood.server.grpc.proto.Stored;
import io.cordwood.server.log.AppendResult;
import io.cordwood.server.log.NewRecord;
import io.cordwood.server.log.RecordLog;
import io.vertx.core.Future;
import java.util.List;

/**
 * Records on their way into a topic.
 *
 * @param bytes of the request that brought them
 */
record Appending(TopicName topic, List<NewRecord> records, long bytes) {

    /** Throws {@link RejectedException} for a request that is malformed. */
    static Appending of(ProduceRequest request, long bytes) {
        return new Appending(new TopicName(request.getTopic()), Records.fromProto(request), bytes);
    }

    /** Answers a whole unary call. */
    static Future<ProduceResponse> produce(RecordLog log, Received<ProduceRequest> request) {
        Appending appending = of(request.value(), request.bytes());
        return log.reserve(appending.bytes())
                .compose(reserved -> appending.appendReserved(log))
                .map(Appending::toProto);
    }

    /** Appends the records, for which room was reserved, and gives the room back. */
    Future<List<AppendResult>> appendReserved(RecordLog log) {
        return Future.succeededFuture(records)
                .compose(all -> log.append(topic, all))
                .onComplete(done -> log.release(bytes));
    }

    static ProduceResponse toProto(List<AppendResult> results) {
        ProduceResponse.Builder response = ProduceResponse.newBuilder();
        for (AppendResult result : results) {
            response.addResults(toProto(result));
        }
        return response.build();
    }

    private static RecordResult toProto(AppendResult result) {
        return switch (result) {
            case AppendResult.Stored stored ->
                RecordResult.newBuilder().setStored(Stored.newBuilder()
                        .setPartition(stored.partition()).setOffset(stored.offset())).build();
            case AppendResult.Failed failed -> RecordResult.newBuilder()
                    .setError(Failure.of(failed.reason()).toProto()).build();
        };
    }
}
