package io.cordwood.runtime;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The one thread that a stateful part is confined to, with its clock and its timers.
 *
 * <p>A part that is confined to a loop never locks: all its methods run on the loop, and whatever
 * comes from elsewhere is brought there by {@link #submit} or {@link #confine}. Tasks run one at a
 * time in the order in which they were given.
 */
public interface EventLoop {

    /** The wall clock. May jump in either direction; never used to order anything. */
    Instant now();

    /** A clock that only goes forward, in nanoseconds from an arbitrary origin. */
    long nanoTime();

    /** Whether the caller runs on this loop. */
    boolean isCurrent();

    /** Runs the task on this loop, after the tasks given before it. Never runs it at once. */
    void execute(Runnable task);

    /** Runs the task on this loop once, no earlier than after the delay. */
    Timer schedule(Duration delay, Runnable task);

    /** Brings the outcome of a future that completes elsewhere to this loop. */
    default <T> Future<T> confine(Future<T> future) {
        Promise<T> promise = Promise.promise();
        future.onComplete(done -> run(() -> promise.handle(done)));
        return promise.future();
    }

    /**
     * Runs the task on this loop, at once if the caller is already there. What the task throws
     * fails the future.
     */
    default <T> Future<T> submit(Supplier<Future<T>> task) {
        Promise<T> promise = Promise.promise();
        run(() -> Future.<Void>succeededFuture().compose(nothing -> task.get())
                .onComplete(promise));
        return promise.future();
    }

    private void run(Runnable task) {
        if (isCurrent()) {
            task.run();
        } else {
            execute(task);
        }
    }

    /** A task that has not run yet. */
    @FunctionalInterface
    interface Timer {

        /** Prevents the task from running, if it has not begun. May be called again. */
        void cancel();
    }
}
