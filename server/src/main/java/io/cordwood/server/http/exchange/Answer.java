package io.cordwood.server.http.exchange;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends answers. Each future completes when the answer was written, or when nobody is there any
 * more to read it: that is nobody's failure.
 */
public final class Answer {

    /** The media type of all answers that embed no records. */
    public static final String V2_JSON = "application/vnd.kafka.v2+json";

    private static final Logger LOG = LoggerFactory.getLogger(Answer.class);
    private static final String RETRY_AFTER_SECONDS = "1";

    private Answer() {}

    /** Answers with JSON without records. */
    public static Future<Void> json(RoutingContext context, int status, Buffer body) {
        return send(context, status, V2_JSON, body);
    }

    /** Answers that it is done, with nothing to add. */
    public static Future<Void> done(RoutingContext context) {
        return context.response().setStatusCode(204).end()
                .recover(gone -> Future.succeededFuture());
    }

    /** Answers with a body of any type. */
    public static Future<Void> send(RoutingContext context, int status, String type, Buffer body) {
        return context.response().setStatusCode(status).putHeader("content-type", type).end(body)
                .recover(gone -> Future.succeededFuture());
    }

    /**
     * Answers with an error, if an answer can still be given, and takes care of what the client has
     * yet to send of the request. The one place where failures of requests are logged.
     */
    public static void failure(RoutingContext context, Throwable failure) {
        ErrorBody error = ErrorBody.of(failure);
        log(context, error, failure);
        HttpServerResponse response = context.response();
        if (response.closed() || response.ended()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        if (error.code().retriable()) {
            response.putHeader("retry-after", RETRY_AFTER_SECONDS);
        }
        early(context, error.code().status(), V2_JSON, error.json().toBuffer());
    }

    /**
     * Answers with a body of any type before the request was read, and takes care of what the
     * client has yet to send of it.
     */
    public static Future<Void> early(RoutingContext context, int status, String type,
            Buffer body) {
        Leftover leftover = new Leftover(context.vertx(), context.request());
        leftover.announce();
        Future<Void> sent = send(context, status, type, body);
        leftover.discard();
        return sent;
    }

    /**
     * Clients' own mistakes and passing refusals are told to the client; the log is for operators.
     */
    private static void log(RoutingContext context, ErrorBody error, Throwable failure) {
        String method = context.request().method().name();
        String path = context.request().path();
        switch (error.code()) {
            case INTERNAL, CORRUPT -> LOG.error("{} {} failed", method, path, failure);
            case MISSING, FENCED, UNKNOWN_OUTCOME -> LOG.warn("{} {}: {}", method, path,
                    error.message());
            default -> LOG.debug("{} {}: {}", method, path, error.message());
        }
    }
}
