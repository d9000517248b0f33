package io.cordwood.server.cluster;

import io.cordwood.runtime.EventLoop;
import java.time.Duration;
import java.time.Instant;

/** A loop on which nothing falls due: what is asked is waited for, however busy the machine is. */
record EndlessPatience(EventLoop loop) implements EventLoop {

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
        return loop.isCurrent();
    }

    @Override
    public void execute(Runnable task) {
        loop.execute(task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return () -> {};
    }
}
