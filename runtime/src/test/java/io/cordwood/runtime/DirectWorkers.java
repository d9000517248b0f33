package io.cordwood.runtime;

import io.vertx.core.Future;
import java.util.concurrent.Callable;

/** Workers that do the work at once, on the caller's thread. */
public final class DirectWorkers implements Workers {

    @Override
    public <T> Future<T> call(Callable<T> work) {
        return Future.<Void>succeededFuture().compose(nothing -> {
            try {
                return Future.succeededFuture(work.call());
            } catch (Exception failure) {
                return Future.failedFuture(failure);
            }
        });
    }
}
