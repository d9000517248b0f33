package io.cordwood.ingest;

import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.ManualEventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * The loop of one process on a manual loop that all processes share. When it is killed nothing of
 * the process runs any more; what it had sent is still on its way.
 */
final class MortalLoop implements EventLoop {

    private final ManualEventLoop loop;
    private boolean dead;
    private boolean outside;

    MortalLoop(ManualEventLoop loop) {
        this.loop = loop;
    }

    void kill() {
        dead = true;
    }

    /** Does something as a thread that is not the loop's would. */
    <T> T fromOutside(Supplier<T> act) {
        outside = true;
        try {
            return act.get();
        } finally {
            outside = false;
        }
    }

    @Override
    public Instant now() {
        return loop.now();
    }

    @Override
    public long nanoTime() {
        return loop.nanoTime();
    }

    @Override
    public boolean isCurrent() {
        return !dead && !outside;
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(() -> runIfAlive(task));
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return loop.schedule(delay, () -> runIfAlive(task));
    }

    private void runIfAlive(Runnable task) {
        if (!dead) {
            task.run();
        }
    }
}
