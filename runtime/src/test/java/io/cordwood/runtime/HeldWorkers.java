package io.cordwood.runtime;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.concurrent.Callable;

/** Workers that are busy elsewhere until the test says otherwise. */
public final class HeldWorkers implements Workers {

    private final Workers direct = new DirectWorkers();
    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();

    @Override
    public <T> Future<T> call(Callable<T> work) {
        Promise<T> promise = Promise.promise();
        tasks.add(() -> direct.call(work).onComplete(promise));
        return promise.future();
    }

    /** Does all the work that waits, and what comes of it. */
    public void work() {
        while (!tasks.isEmpty()) {
            workOnce();
        }
    }

    /** Does one piece of the work that waits. */
    public void workOnce() {
        tasks.removeFirst().run();
    }

    /** How many pieces of work wait. */
    public int waiting() {
        return tasks.size();
    }
}
