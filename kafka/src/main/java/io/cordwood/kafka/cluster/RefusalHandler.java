package io.cordwood.kafka.cluster;

import io.cordwood.kafka.wire.Answer;
import io.cordwood.kafka.wire.ApiHandler;
import io.cordwood.kafka.wire.Call;
import io.vertx.core.Future;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;

/**
 * Refuses what there is not here, by the protocol's own error, to clients that would otherwise not
 * be told why.
 */
public record RefusalHandler<R extends AbstractRequest>(Errors error, String message)
        implements
            ApiHandler<R> {

    @Override
    public Future<Answer> handle(Call call, R request) {
        return Future.failedFuture(error.exception(message));
    }
}
