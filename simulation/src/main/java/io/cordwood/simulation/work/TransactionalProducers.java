package io.cordwood.simulation.work;

import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.simulation.process.Fleet;
import io.cordwood.simulation.world.World;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Clients that use transactional ids. They die and are followed by others, at once or only after
 * their time-out; and some are replaced while they are alive, and go on as if they were not.
 */
public final class TransactionalProducers {

    private static final int IDS = 3;
    private static final int DIES_ONE_IN = 40;
    private static final int REPLACED_ONE_IN = 40;
    private static final int FOLLOWED_ONE_IN = 6;

    private final World world;
    private final Fleet fleet;

    public TransactionalProducers(World world, Fleet fleet) {
        this.world = world;
        this.fleet = fleet;
    }

    /** Begins to produce under each id, each so often on average. */
    public void start(Duration about) {
        for (int i = 0; i < IDS; i++) {
            Seat seat = new Seat(new TransactionalId("transactions-" + i));
            world.repeatWriting(about, seat::step);
        }
    }

    /** A transactional id, who uses it, and who did before and does not know that it is over. */
    private final class Seat {

        private final TransactionalId id;
        private Optional<TransactionalProducer> client = Optional.empty();
        private Optional<TransactionalProducer> zombie = Optional.empty();

        Seat(TransactionalId id) {
            this.id = id;
        }

        void step() {
            RandomGenerator chance = world.chance();
            zombie.ifPresent(TransactionalProducer::step);
            if (client.filter(it -> !it.isOver()).isEmpty()) {
                if (chance.nextInt(FOLLOWED_ONE_IN) == 0) {
                    follow();
                }
            } else if (chance.nextInt(DIES_ONE_IN) == 0) {
                client.ifPresent(TransactionalProducer::die);
            } else if (chance.nextInt(REPLACED_ONE_IN) == 0) {
                zombie.ifPresent(TransactionalProducer::die);
                zombie = client;
                follow();
            } else {
                client.ifPresent(TransactionalProducer::step);
            }
        }

        private void follow() {
            Generation[] generations = Generation.values();
            client = Optional.of(new TransactionalProducer(world, fleet, id,
                    generations[world.chance().nextInt(generations.length)]));
        }
    }
}
