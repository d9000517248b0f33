package io.cordwood.server.http;

import io.cordwood.server.http.exchange.Endpoint;
import io.cordwood.server.http.exchange.ErrorCode;
import io.cordwood.server.http.exchange.RefusedException;
import io.vertx.core.Future;
import io.vertx.ext.web.Router;

/** Consumer groups over HTTP, which the dialect has and Cordwood has not: says so. */
final class ConsumersEndpoint {

    private ConsumersEndpoint() {}

    static void mount(Router router) {
        router.route("/consumers/*").handler(Endpoint.handler(context -> Future.failedFuture(
                new RefusedException(ErrorCode.NOT_SUPPORTED,
                        "consumer groups are not supported over HTTP: read with GET /topics/{topic}"
                                + "/partitions/{partition}/records or GET /topics/{topic}/tail, and"
                                + " keep the offsets yourself"))));
    }
}
