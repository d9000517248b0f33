package io.cordwood.simulation.process;

import io.cordwood.runtime.DirectWorkers;
import io.cordwood.runtime.Workers;
import io.cordwood.simulation.world.World;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.Callable;

/** The workers of a process: they do all work, some time later. */
record ProcessWorkers(World world, Lifeline lifeline, Trap trap) implements Workers {

    private static final int MICROS_MAX = 3_000;
    private static final Workers DIRECT = new DirectWorkers();

    @Override
    public <T> Future<T> call(Callable<T> work) {
        Promise<T> promise = Promise.promise();
        Duration delay = Duration.ofNanos(1_000L * world.chance().nextInt(MICROS_MAX));
        world.time().schedule(delay, () -> lifeline.deliver(() -> {
            trap.step();
            lifeline.deliver(() -> DIRECT.call(work).onComplete(done -> {
                trap.step();
                lifeline.deliver(() -> promise.handle(done));
            }));
        }));
        return promise.future();
    }
}
