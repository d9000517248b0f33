package io.cordwood.cluster;

import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.ManualEventLoop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;

/** The loop of a process: while it sleeps what reaches it waits; once it is dead that is lost. */
final class ProcessLoop implements EventLoop {

    private final ManualEventLoop time;
    private final ArrayDeque<Runnable> held = new ArrayDeque<>();
    private boolean running;
    private boolean asleep;
    private boolean dead;

    ProcessLoop(ManualEventLoop time) {
        this.time = time;
    }

    void sleep() {
        asleep = true;
    }

    void wake() {
        asleep = false;
        while (!held.isEmpty() && !asleep) {
            run(held.removeFirst());
        }
    }

    void kill() {
        dead = true;
        held.clear();
    }

    boolean isDead() {
        return dead;
    }

    boolean isAsleep() {
        return asleep;
    }

    @Override
    public Instant now() {
        return time.now();
    }

    @Override
    public long nanoTime() {
        return time.nanoTime();
    }

    @Override
    public boolean isCurrent() {
        return running;
    }

    @Override
    public void execute(Runnable task) {
        time.execute(() -> deliver(task));
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return time.schedule(delay, () -> deliver(task));
    }

    private void deliver(Runnable task) {
        if (asleep && !dead) {
            held.addLast(task);
        } else {
            run(task);
        }
    }

    private void run(Runnable task) {
        if (dead) {
            return;
        }
        running = true;
        try {
            task.run();
        } finally {
            running = false;
        }
    }
}
