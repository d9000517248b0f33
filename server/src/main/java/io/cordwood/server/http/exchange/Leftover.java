package io.cordwood.server.http.exchange;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;

/**
 * What a client still sends of a request that was answered early. It is thrown away as it comes,
 * without holding it, for a moment: closing at once would reset the connection, and many clients
 * would then see the reset and not the answer. Who has not finished by then is cut off.
 */
final class Leftover {

    /** A body of up to this size, already announced, is worth reading to keep the connection. */
    private static final long WORTH_READING_BYTES = 64 << 10;
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Vertx vertx;
    private final HttpServerRequest request;

    Leftover(Vertx vertx, HttpServerRequest request) {
        this.vertx = vertx;
        this.request = request;
    }

    /** Tells the client that this connection ends here, if it does. Before the answer is sent. */
    void announce() {
        if (mustClose()) {
            request.response().putHeader("connection", "close");
        }
    }

    /** Throws away what comes. After the answer was sent. */
    void discard() {
        if (request.isEnded()) {
            return;
        }
        boolean closes = mustClose();
        long timer = vertx.setTimer(PATIENCE.toMillis(), late -> CutOff.of(request));
        request.exceptionHandler(lost -> vertx.cancelTimer(timer));
        request.endHandler(ended -> {
            vertx.cancelTimer(timer);
            if (closes) {
                CutOff.of(request);
            }
        });
        request.handler(bytes -> {});
        request.resume();
    }

    /**
     * A client that asked whether to send its body, and was told no, may send the next request
     * instead: the two cannot be told apart, so that such a connection is not used again.
     */
    private boolean mustClose() {
        return !request.isEnded() && CutOff.hasConnectionToItself(request)
                && (request.getHeader("expect") != null || !BodyLength.of(request).known()
                        || BodyLength.of(request).bytes() > WORTH_READING_BYTES);
    }
}
