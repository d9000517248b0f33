package io.cordwood.runtime;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * An event loop whose time passes only when the test says so. Everything runs on the caller's
 * thread, in one order that depends on nothing else.
 */
public final class ManualEventLoop implements EventLoop {

    private final ArrayDeque<Runnable> tasks = new ArrayDeque<>();
    private final PriorityQueue<Alarm> alarms = new PriorityQueue<>(
            Comparator.comparingLong(Alarm::dueNanos).thenComparingLong(Alarm::order));
    private long nanos;
    private long order;

    @Override
    public Instant now() {
        return Instant.ofEpochSecond(1_700_000_000L, nanos);
    }

    @Override
    public long nanoTime() {
        return nanos;
    }

    @Override
    public boolean isCurrent() {
        return true;
    }

    @Override
    public void execute(Runnable task) {
        tasks.addLast(task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Alarm alarm = new Alarm(nanos + delay.toNanos(), order++, task);
        alarms.add(alarm);
        return () -> alarms.remove(alarm);
    }

    /** Runs all that is ready, without any time passing. */
    public void runReady() {
        for (Runnable task = tasks.pollFirst(); task != null; task = tasks.pollFirst()) {
            task.run();
        }
    }

    /** Lets time pass, running everything that falls due in its order. */
    public void advance(Duration duration) {
        long end = nanos + duration.toNanos();
        runReady();
        for (Alarm next = alarms.peek(); next != null
                && next.dueNanos() <= end; next = alarms.peek()) {
            alarms.remove(next);
            nanos = Math.max(nanos, next.dueNanos());
            next.task().run();
            runReady();
        }
        nanos = end;
    }

    /** Lets at most ten minutes pass until the future is complete, and returns its value. */
    public <T> T await(Future<T> future) {
        runReady();
        for (int steps = 0; !future.isComplete() && steps < 600_000; steps++) {
            advance(Duration.ofMillis(1));
        }
        if (!future.isComplete()) {
            throw new AssertionError("not complete after ten minutes");
        }
        if (future.cause() instanceof RuntimeException failure) {
            throw failure;
        }
        if (future.failed()) {
            throw new AssertionError(future.cause());
        }
        return future.result();
    }

    private record Alarm(long dueNanos, long order, Runnable task) {}
}
