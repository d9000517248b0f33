package io.cordwood.runtime;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;

/**
 * A bound in bytes on what may be held at one time. Who wants more than is free waits in line; who
 * waited too long is told to come back later. Confined to a loop.
 *
 * <p>The line is first come, first served: a large request is never overtaken for ever by small
 * ones. A request larger than the whole budget is served when it has the budget to itself, so that
 * it can be served at all; the bound is then exceeded by that one request.
 */
public final class ByteBudget {

    private final EventLoop loop;
    private final Settings settings;
    private final ArrayDeque<Waiter> line = new ArrayDeque<>();
    private long usedBytes;

    /** Creates a budget of which nothing is used. */
    public ByteBudget(EventLoop loop, Settings settings) {
        this.loop = loop;
        this.settings = settings;
    }

    /**
     * Takes bytes out of the budget, now or when enough are given back.
     *
     * @return fails with {@link UnavailableException} when the line is full or the wait too long;
     *         then nothing was taken
     */
    public Future<Void> acquire(long bytes) {
        Invariant.check(loop.isCurrent(), "a budget is used on its loop");
        Invariant.check(bytes >= 0, "an amount is not negative: %d", bytes);
        if (line.isEmpty() && fits(bytes)) {
            usedBytes += bytes;
            return Future.succeededFuture();
        }
        if (line.size() >= settings.waitersMax()) {
            return Future.failedFuture(overloaded());
        }
        Waiter waiter = new Waiter(bytes, Promise.promise());
        line.addLast(waiter);
        EventLoop.Timer timer = loop.schedule(settings.waitMax(), () -> giveUp(waiter));
        return waiter.promise().future().onComplete(done -> timer.cancel());
    }

    /** Gives back bytes that were acquired, and serves those who wait for them. */
    public void release(long bytes) {
        Invariant.check(loop.isCurrent(), "a budget is used on its loop");
        Invariant.check(bytes >= 0 && bytes <= usedBytes,
                "only what is used is given back: %d of %d",
                bytes, usedBytes);
        usedBytes -= bytes;
        serve();
    }

    /** Bytes in use now. */
    public long usedBytes() {
        return usedBytes;
    }

    private boolean fits(long bytes) {
        return usedBytes == 0 || usedBytes + bytes <= settings.bytesMax();
    }

    private void serve() {
        for (Waiter first = line.peekFirst(); first != null && fits(first.bytes()); first = line
                .peekFirst()) {
            line.removeFirst();
            usedBytes += first.bytes();
            first.promise().complete();
        }
    }

    private void giveUp(Waiter waiter) {
        if (line.remove(waiter)) {
            waiter.promise().fail(overloaded());
            serve();
        }
    }

    private UnavailableException overloaded() {
        return new UnavailableException("all " + settings.bytesMax()
                + " bytes that may be held at a time are: try again in a moment, or with less");
    }

    /**
     * The bounds of a budget.
     *
     * @param bytesMax bytes that may be held at one time
     * @param waitersMax requests that may wait in line
     * @param waitMax how long one may wait
     */
    public record Settings(long bytesMax, int waitersMax, Duration waitMax) {
        public Settings {
            if (bytesMax <= 0 || waitersMax < 0 || waitMax.isNegative()) {
                throw new IllegalArgumentException("bounds are positive");
            }
        }
    }

    private record Waiter(long bytes, Promise<Void> promise) {}
}
