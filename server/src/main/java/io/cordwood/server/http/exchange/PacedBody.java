package io.cordwood.server.http.exchange;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;

/**
 * A body of some size on its way to a client, as fast as the client reads it and no slower than it
 * must. When a client is cut off, what it did not read is forgotten at once, but for the little
 * that the connection has taken. Confined to the request's context.
 */
public final class PacedBody {

    private static final int PIECE_SIZE_BYTES = 64 << 10;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final Buffer body;
    private final Promise<Void> over = Promise.promise();
    private int position;

    /** Creates the body of an answer whose head is complete but for the length. */
    public PacedBody(HttpServerRequest request, Buffer body) {
        this.request = request;
        this.response = request.response();
        this.body = body;
    }

    /**
     * Sends the body.
     *
     * @param waitMax how long the client may take
     * @return completes when the body was sent, and when there is nobody any more to send it to
     */
    public Future<Void> send(Vertx vertx, Duration waitMax) {
        if (response.closed()) {
            return Future.succeededFuture();
        }
        response.putHeader("content-length", Integer.toString(body.length()));
        response.closeHandler(closed -> over.tryComplete());
        response.exceptionHandler(broken -> over.tryComplete());
        long timer = vertx.setTimer(waitMax.toMillis(), late -> cutOff());
        move();
        return over.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private void move() {
        while (isOpen() && !response.writeQueueFull()) {
            int end = Math.min(body.length(), position + PIECE_SIZE_BYTES);
            Buffer piece = body.getBuffer(position, end);
            position = end;
            if (end == body.length()) {
                response.end(piece);
                over.tryComplete();
            } else {
                response.write(piece);
            }
        }
        if (isOpen()) {
            response.drainHandler(taken -> move());
        }
    }

    private void cutOff() {
        over.tryComplete();
        CutOff.of(request);
    }

    private boolean isOpen() {
        return !over.future().isComplete();
    }
}
