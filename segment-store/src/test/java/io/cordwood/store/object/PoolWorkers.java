package io.cordwood.store.object;

import io.cordwood.runtime.Workers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Workers on threads of their own, for tests in which work is to overlap. */
public final class PoolWorkers implements Workers, AutoCloseable {

    private final ExecutorService pool;

    /** Starts so many workers. */
    public PoolWorkers(int threads) {
        this.pool = Executors.newFixedThreadPool(threads);
    }

    @Override
    public <T> Future<T> call(Callable<T> work) {
        Promise<T> promise = Promise.promise();
        pool.execute(() -> complete(promise, work));
        return promise.future();
    }

    @Override
    public void close() {
        pool.close();
    }

    private static <T> void complete(Promise<T> promise, Callable<T> work) {
        T result;
        try {
            result = work.call();
        } catch (Throwable failure) {
            promise.fail(failure);
            return;
        }
        promise.complete(result);
    }
}
