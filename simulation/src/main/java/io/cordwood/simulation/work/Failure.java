package io.cordwood.simulation.work;

import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.LogException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.cordwood.simulation.process.NodeProcess;
import io.vertx.core.AsyncResult;

/** Says in a word what came of a request. */
final class Failure {

    private Failure() {}

    /**
     * Whether a process may fail like that in what it commits. Who commits, and whether somebody
     * does now, is no reason: it is answered later then.
     */
    static boolean isRightful(Throwable failure, NodeProcess process) {
        return switch (failure) {
            case RejectedException rejected -> true;
            case UnavailableException unavailable -> true;
            case FencedException fenced -> process.hasNoFuture();
            case UnknownOutcomeException unknown -> process.hasNoFuture();
            default -> false;
        };
    }

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
