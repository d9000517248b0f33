package io.cordwood.server.http.exchange;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;

/** Answers requests of one kind. */
@FunctionalInterface
public interface Endpoint {

    /**
     * Answers a request.
     *
     * @return completes when the request is over; fails, like the call itself, when no answer was
     *        given
     */
    Future<Void> answer(RoutingContext context);

    /** A handler for a route that answers failures too. */
    static Handler<RoutingContext> handler(Endpoint endpoint) {
        return context -> attempt(endpoint, context)
                .onFailure(failure -> Answer.failure(context, failure));
    }

    private static Future<Void> attempt(Endpoint endpoint, RoutingContext context) {
        try {
            return endpoint.answer(context);
        } catch (RuntimeException failure) {
            return Future.failedFuture(failure);
        }
    }
}
