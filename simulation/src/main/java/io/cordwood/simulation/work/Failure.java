package io.cordwood.simulation.work;

import io.cordwood.runtime.LogException;
import io.cordwood.runtime.RejectedException;
import io.vertx.core.AsyncResult;

/** Says in a word what came of a request. */
final class Failure {

    private Failure() {}

    /** The kind of a failure, or what came of it. */
    static String of(AsyncResult<?> done) {
        return done.succeeded() ? String.valueOf(done.result()) : of(done.cause());
    }

    /** The kind of a failure. */
    static String of(Throwable failure) {
        return switch (failure) {
            case RejectedException rejected -> rejected.reason().name();
            case LogException expected -> expected.getClass().getSimpleName();
            default -> failure.toString();
        };
    }
}
