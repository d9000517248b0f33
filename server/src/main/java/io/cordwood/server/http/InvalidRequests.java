package io.cordwood.server.http;

import io.cordwood.server.http.exchange.Answer;
import io.cordwood.server.http.exchange.ErrorBody;
import io.cordwood.server.http.exchange.ErrorCode;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.http.HttpServerRequest;

/**
 * Answers bytes that are no request, of which nobody can say where they end: the connection ends.
 */
final class InvalidRequests {

    private InvalidRequests() {}

    static void answer(HttpServerRequest request) {
        ErrorBody error = error(request.decoderResult().cause());
        request.response().setStatusCode(error.code().status())
                .putHeader("content-type", Answer.V2_JSON).putHeader("connection", "close")
                .end(error.json().toBuffer())
                .onComplete(sent -> request.connection().close());
    }

    private static ErrorBody error(Throwable cause) {
        return switch (cause) {
            case TooLongHttpLineException line -> new ErrorBody(ErrorCode.URI_TOO_LONG,
                    "the path and the query are too long");
            case TooLongHttpHeaderException headers -> new ErrorBody(ErrorCode.HEADERS_TOO_LARGE,
                    "the headers are too large");
            default -> new ErrorBody(ErrorCode.MALFORMED, "this is not an HTTP request");
        };
    }
}
