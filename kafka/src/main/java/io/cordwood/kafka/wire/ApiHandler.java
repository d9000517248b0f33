package io.cordwood.kafka.wire;

import io.vertx.core.Future;
import org.apache.kafka.common.requests.AbstractRequest;

/**
 * Does what one API is for.
 *
 * @param <R> the API's requests
 */
@FunctionalInterface
public interface ApiHandler<R extends AbstractRequest> {

    /**
     * Handles a request. Called on the event loop of its connection, in the order of arrival, and
     * never blocks; the future may complete on any thread.
     *
     * @return fails with what is wrong with the request as a whole: the API's own error response
     *         says so
     */
    Future<Answer> handle(Call call, R request);
}
