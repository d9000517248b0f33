package io.cordwood.kafka.cluster;

import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.vertx.core.Future;
import java.util.List;
import org.apache.kafka.common.message.DescribeClientQuotasResponseData;
import org.apache.kafka.common.requests.DescribeClientQuotasRequest;

/** Tells that no client has a quota. */
public record DescribeClientQuotasHandler() implements ApiHandler<DescribeClientQuotasRequest> {

    @Override
    public Future<Answer> handle(Call call, DescribeClientQuotasRequest request) {
        return Future.succeededFuture(Answer.Response.of(
                new DescribeClientQuotasResponseData().setEntries(List.of())));
    }
}
