package io.cordwood.server.vertx;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.Optional;

/**
 * The Vert.x context that a call came from, to which its answer goes back.
 *
 * @param context none if the caller is a thread of its own
 */
public record CallerContext(Optional<Context> context) {

    /** The context of whoever calls this. */
    public static CallerContext current() {
        return new CallerContext(Optional.ofNullable(Vertx.currentContext()));
    }

    /** The same outcome, but on the caller's context. */
    public <T> Future<T> bring(Future<T> future) {
        if (context.isEmpty()) {
            return future;
        }
        Promise<T> promise = Promise.promise();
        future.onComplete(done -> context.get().runOnContext(nothing -> promise.handle(done)));
        return promise.future();
    }
}
