package io.cordwood.server.http.exchange;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;

/** Ends an exchange that its client does not end. */
public final class CutOff {

    private CutOff() {}

    /**
     * Ends the connection; or, where requests share one, only this request's part of it. What a
     * connection has taken of an answer is still delivered, if the client reads it before the
     * server's idle time is over.
     */
    public static void of(HttpServerRequest request) {
        if (hasConnectionToItself(request)) {
            request.connection().close();
        } else {
            request.response().reset();
        }
    }

    static boolean hasConnectionToItself(HttpServerRequest request) {
        return request.version() != HttpVersion.HTTP_2;
    }
}
