package io.cordwood.server.vertx;

import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.Workers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.RejectedExecutionException;

/** Workers that are a Vert.x worker pool of their own. */
public final class VertxWorkers implements Workers {

    private final WorkerExecutor pool;

    /** A pool of so many threads. */
    public VertxWorkers(Vertx vertx, String name, int threads) {
        this.pool = vertx.createSharedWorkerExecutor(name, threads);
    }

    /** Fails with {@link UnavailableException}, and nothing was done, when Vert.x was closed. */
    @Override
    public <T> Future<T> call(Callable<T> work) {
        Promise<T> promise = Promise.promise();
        try {
            pool.executeBlocking(() -> {
                promise.complete(work.call());
                return true;
            }, false).onFailure(promise::tryFail);
        } catch (RejectedExecutionException closed) {
            promise.fail(new UnavailableException("this process is about to end", closed));
        }
        return promise.future();
    }
}
