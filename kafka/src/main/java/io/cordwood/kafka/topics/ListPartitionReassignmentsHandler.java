package io.cordwood.kafka.topics;

import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.vertx.core.Future;
import org.apache.kafka.common.message.ListPartitionReassignmentsResponseData;
import org.apache.kafka.common.requests.ListPartitionReassignmentsRequest;

/** Tells that no partition is on its way to other brokers. */
public record ListPartitionReassignmentsHandler()
        implements
            ApiHandler<ListPartitionReassignmentsRequest> {

    @Override
    public Future<Answer> handle(Call call, ListPartitionReassignmentsRequest request) {
        return Future.succeededFuture(Answer.Response.of(
                new ListPartitionReassignmentsResponseData()));
    }
}
