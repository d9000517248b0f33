package io.cordwood.server.http.exchange;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Arrays;

/**
 * The arrival of one body. Holds the connection back until {@link #read}, then collects what comes,
 * up to the bound and no longer than the wait. Confined to the request's context.
 */
final class BodyIntake {

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final RequestBounds bounds;
    private final Promise<byte[]> whole = Promise.promise();
    private byte[] body = new byte[0];
    private int length;

    /** Stops the request from flowing. */
    BodyIntake(Vertx vertx, HttpServerRequest request, RequestBounds bounds) {
        this.vertx = vertx;
        this.request = request;
        this.bounds = bounds;
        request.exceptionHandler(this::lose);
        request.pause();
    }

    /**
     * Lets the request flow. The future completes with the body, or fails when it cannot be had.
     */
    Future<byte[]> read() {
        body = new byte[(int) BodyLength.of(request).bytes()];
        if (!whole.future().isComplete()) {
            request.handler(this::take);
            request.endHandler(ended -> finish());
            long timer = vertx.setTimer(bounds.waitMax().toMillis(), late -> giveUp());
            whole.future().onComplete(done -> vertx.cancelTimer(timer));
            inviteBody();
            request.resume();
        }
        return whole.future();
    }

    private void inviteBody() {
        if ("100-continue".equalsIgnoreCase(request.getHeader("expect"))) {
            request.response().writeContinue();
        }
    }

    private void take(Buffer bytes) {
        if (whole.future().isComplete()) {
            return;
        }
        int needed = length + bytes.length();
        if (needed > bounds.sizeMaxBytes()) {
            whole.tryFail(bounds.tooLarge());
            return;
        }
        if (needed > body.length) {
            body = Arrays.copyOf(body, Math.min(2 * needed, bounds.sizeMaxBytes()));
        }
        bytes.getBytes(body, length);
        length = needed;
    }

    private void finish() {
        byte[] complete = length == body.length ? body : Arrays.copyOf(body, length);
        body = new byte[0];
        whole.tryComplete(complete);
    }

    private void giveUp() {
        whole.tryFail(new RefusedException(ErrorCode.REQUEST_TIMEOUT, "the body took longer than "
                + bounds.waitMax().toSeconds() + " s to arrive: send less at a time"));
    }

    private void lose(Throwable cause) {
        whole.tryFail(new RefusedException(ErrorCode.MALFORMED,
                "the connection ended before the body was complete", cause));
    }
}
