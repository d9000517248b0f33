package io.cordwood.server.http.exchange;

import io.cordwood.server.log.RecordLog;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.BiFunction;

/**
 * Brings the bodies of requests into memory, each only when the log has room for it.
 *
 * <p>Until there is room the connection is not read, so that the client waits. What was reserved is
 * given back when the work on the body is over, whichever way it ended: done, refused, or the
 * client gone. What the work finds to be too much it can give back earlier.
 */
public final class Bodies {

    private final Vertx vertx;
    private final RecordLog log;
    private final RequestBounds bounds;

    /** Creates a reader of bodies that draws on the log's memory. */
    public Bodies(Vertx vertx, RecordLog log, RequestBounds bounds) {
        this.vertx = vertx;
        this.log = log;
        this.bounds = bounds;
    }

    /**
     * Reads the whole body and works on it; its room is taken for as long as that lasts. Called
     * before the request's handler returns.
     *
     * @param work on the body, within what was reserved for it; completes when the body and all
     *        that was made of it can be forgotten
     * @return what the work returns; fails without working if there is no room, if the body is too
     *        large, and if it does not arrive
     */
    public <T> Future<T> hold(HttpServerRequest request,
            BiFunction<byte[], Reservation, Future<T>> work) {
        BodyLength length = BodyLength.of(request);
        if (length.bytes() > bounds.sizeMaxBytes()) {
            return Future.failedFuture(bounds.tooLarge());
        }
        BodyIntake intake = new BodyIntake(vertx, request, bounds);
        long cost = bounds.costBytes(length.known() ? length.bytes() : bounds.sizeMaxBytes());
        return log.reserve(cost).compose(granted -> {
            Reservation room = new Reservation(log, cost);
            return intake.read().compose(body -> work.apply(body, room))
                    .eventually(() -> release(room));
        });
    }

    private static Future<Void> release(Reservation room) {
        room.shrinkTo(0);
        return Future.succeededFuture();
    }
}
