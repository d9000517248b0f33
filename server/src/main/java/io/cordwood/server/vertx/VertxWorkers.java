package io.cordwood.server.vertx;

import io.cordwood.runtime.Workers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;

/** Workers that are a Vert.x worker pool of their own. */
public final class VertxWorkers implements Workers {

    private final WorkerExecutor pool;

    /** A pool of so many threads. */
    public VertxWorkers(Vertx vertx, String name, int threads) {
        this.pool = vertx.createSharedWorkerExecutor(name, threads);
    }

    @Override
    public <T> Future<T> call(Callable<T> work) {
        Promise<T> promise = Promise.promise();
        pool.executeBlocking(() -> {
            promise.complete(work.call());
            return true;
        }, false).onFailure(promise::tryFail);
        return promise.future();
    }
}
