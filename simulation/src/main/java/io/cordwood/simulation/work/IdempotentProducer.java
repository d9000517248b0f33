package io.cordwood.simulation.work;

import io.cordwood.runtime.RejectedException;
import io.cordwood.simulation.process.Fleet;
import io.cordwood.simulation.world.World;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.segment.PartitionId;
import java.util.Optional;

/** A producer without transactions, which now and then forgets all it knows and begins anew. */
final class IdempotentProducer {

    private static final short FIRST_EPOCH = 0;
    private static final int DIES_ONE_IN = 30;
    private static final int BATCHES_MAX = 4;

    /** As many as its memory holds: it adds none before some are answered. */
    private static final int UNANSWERED_MAX = 20;

    private final World world;
    private final int number;
    private final Contact contact;
    private final Requests requests;
    private boolean asking;
    private Optional<Outbox> outbox = Optional.empty();

    /**
     * A producer that has no id yet.
     *
     * @param number for people
     */
    IdempotentProducer(World world, Fleet fleet, int number) {
        this.world = world;
        this.number = number;
        this.contact = new Contact(world, fleet);
        this.requests = new Requests(world, contact);
    }

    /** Does the next thing. */
    void step() {
        if (outbox.isEmpty()) {
            askForId();
        } else if (world.chance().nextInt(DIES_ONE_IN) == 0) {
            outbox.get().close();
            outbox = Optional.empty();
        } else if (outbox.get().size() < UNANSWERED_MAX) {
            contact.somePartition().ifPresent(this::send);
        }
    }

    private void askForId() {
        if (asking) {
            return;
        }
        asking = true;
        requests.ask(new Requests.Question<>("give producer " + number + " an id", true,
                ends -> ends.ids().take().map(id -> new ProducerIdentity(id, FIRST_EPOCH)),
                this::begin, this::refused));
    }

    private void begin(ProducerIdentity producer) {
        asking = false;
        world.journal().given(world.journal().client(), producer);
        outbox = Optional.of(new Outbox(world, contact, producer, false, () -> {}));
    }

    private void refused(RejectedException refusal) {
        world.judge().check(false, "an id is given to everybody: %s", refusal);
    }

    private void send(PartitionId partition) {
        int batches = 1 + world.chance().nextInt(BATCHES_MAX);
        for (int i = 0; i < batches; i++) {
            outbox.ifPresent(open -> open.send(partition, Optional.empty()));
        }
    }
}
