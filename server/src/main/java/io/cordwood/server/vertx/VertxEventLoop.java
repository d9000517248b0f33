package io.cordwood.server.vertx;

import io.cordwood.runtime.EventLoop;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** An event loop that is a Vert.x context of its own. */
public final class VertxEventLoop implements EventLoop {

    private final Vertx vertx;
    private final Context context;

    private VertxEventLoop(Vertx vertx, Context context) {
        this.vertx = vertx;
        this.context = context;
    }

    /**
     * Starts a loop that shares its context with nobody.
     *
     * @param onBug told of what a task threw that nobody expected
     */
    public static Future<VertxEventLoop> start(Vertx vertx, Handler<Throwable> onBug) {
        Promise<VertxEventLoop> promise = Promise.promise();
        return vertx.deployVerticle(new VerticleBase() {
            @Override
            public Future<?> start() {
                context.exceptionHandler(onBug);
                promise.complete(new VertxEventLoop(vertx, context));
                return Future.succeededFuture();
            }
        }).compose(deployed -> promise.future());
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    /** A worker that works for the context carries the context too, but is not the loop. */
    @Override
    public boolean isCurrent() {
        return Context.isOnEventLoopThread() && context.equals(Vertx.currentContext());
    }

    @Override
    public void execute(Runnable task) {
        context.runOnContext(nothing -> task.run());
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        AtomicBoolean cancelled = new AtomicBoolean();
        long millis = Math.max(1, delay.toMillis());
        long id = vertx.setTimer(millis, fired -> execute(() -> {
            if (!cancelled.get()) {
                task.run();
            }
        }));
        return () -> {
            cancelled.set(true);
            vertx.cancelTimer(id);
        };
    }
}
