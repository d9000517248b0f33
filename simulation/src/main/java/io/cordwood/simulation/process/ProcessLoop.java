package io.cordwood.simulation.process;

import io.cordwood.runtime.EventLoop;
import io.cordwood.simulation.world.World;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/** The loop of one process, on the time of the world and a wall clock of its own. */
final class ProcessLoop implements EventLoop {

    private final World world;
    private final Lifeline lifeline;
    private Duration skew;
    private boolean running;

    /** A loop whose wall clock is so much ahead. */
    ProcessLoop(World world, Lifeline lifeline, Duration skew) {
        this.world = world;
        this.lifeline = lifeline;
        this.skew = skew;
    }

    /** The wall clock jumps. */
    void setClock(Duration ahead) {
        skew = ahead;
    }

    @Override
    public Instant now() {
        return world.time().now().plus(skew);
    }

    @Override
    public long nanoTime() {
        return world.time().nanoTime();
    }

    @Override
    public boolean isCurrent() {
        return running;
    }

    @Override
    public void execute(Runnable task) {
        world.time().execute(() -> lifeline.deliver(() -> run(task)));
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        AtomicBoolean cancelled = new AtomicBoolean();
        Timer alarm = world.time().schedule(delay, () -> lifeline.deliver(() -> run(() -> {
            if (!cancelled.get()) {
                task.run();
            }
        })));
        return () -> {
            cancelled.set(true);
            alarm.cancel();
        };
    }

    private void run(Runnable task) {
        running = true;
        try {
            task.run();
        } catch (RuntimeException | Error bug) {
            world.judge().thrown("a task of a loop", bug);
        } finally {
            running = false;
        }
    }
}
