package io.cordwood.server.http.exchange;

import io.vertx.core.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * A bound on what is under way at one time. Who finds no room is told to come back later, and does
 * not wait in line. May be used from any thread.
 */
public final class Admission {

    private final String what;
    private final long max;
    private final AtomicLong used = new AtomicLong();

    /**
     * Creates a bound of which nothing is used.
     *
     * @param what is bounded, for the message to who finds no room
     */
    public Admission(String what, long max) {
        this.what = what;
        this.max = max;
    }

    /**
     * Works while holding an amount. An amount above the bound is let in when it is the only one,
     * so that it can be served at all.
     *
     * @return what the work returns, or a refusal if there is no room
     */
    public <T> Future<T> hold(long amount, Supplier<Future<T>> work) {
        if (!take(amount)) {
            return Future.failedFuture(new RefusedException(ErrorCode.UNAVAILABLE,
                    "this node is busy: " + what + " are limited to " + max + ", try again later"));
        }
        return Future.<Void>succeededFuture().compose(admitted -> work.get()).eventually(() -> {
            used.addAndGet(-amount);
            return Future.succeededFuture();
        });
    }

    /** How much is held now. */
    public long used() {
        return used.get();
    }

    private boolean take(long amount) {
        long now = used.get();
        while (now == 0 || now + amount <= max) {
            if (used.compareAndSet(now, now + amount)) {
                return true;
            }
            now = used.get();
        }
        return false;
    }
}
