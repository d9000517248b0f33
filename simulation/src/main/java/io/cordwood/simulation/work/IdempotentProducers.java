package io.cordwood.simulation.work;

import io.cordwood.simulation.process.Fleet;
import io.cordwood.simulation.world.World;
import java.time.Duration;

/** Producers that are recognised when they send again, each until it dies and another comes. */
public final class IdempotentProducers {

    private static final int PRODUCERS = 2;

    private final World world;
    private final Fleet fleet;

    public IdempotentProducers(World world, Fleet fleet) {
        this.world = world;
        this.fleet = fleet;
    }

    /** Begins to produce, each so often on average. */
    public void start(Duration about) {
        for (int i = 0; i < PRODUCERS; i++) {
            IdempotentProducer producer = new IdempotentProducer(world, fleet, i);
            world.repeatWriting(about, producer::step);
        }
    }
}
