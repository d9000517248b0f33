package io.cordwood.simulation;

import io.cordwood.simulation.process.Fleet;
import io.cordwood.simulation.process.NodeProcess;
import io.cordwood.simulation.truth.TransactionTruth.Open;
import io.cordwood.simulation.world.Weather;
import io.cordwood.simulation.world.World;
import java.time.Duration;

/** No transaction is open for longer than its producer said, if somebody commits and can. */
final class TimeOuts {

    /** Longer than until the committer looks, and has written what it found. */
    private static final Duration LATE_MAX = Duration.ofSeconds(5);

    private final World world;
    private final Fleet fleet;

    TimeOuts(World world, Fleet fleet) {
        this.world = world;
        this.fleet = fleet;
    }

    /** Checks all that are open. */
    void check() {
        fleet.committer().filter(process -> !process.isStill()).ifPresent(
                committer -> world.truth().transactions().open()
                        .forEach(open -> check(open, committer)));
    }

    private void check(Open open, NodeProcess committer) {
        long able = Math.max(world.truth().electedNanos(), Math.max(committer.runsSinceNanos(),
                world.unsettledUntilNanos() + Weather.HANGS_MAX.toNanos()));
        Duration waits = Duration
                .ofNanos(world.time().nanoTime() - Math.max(open.sinceNanos(), able));
        world.judge().check(waits.compareTo(open.timeout().plus(LATE_MAX)) <= 0,
                "what is left open is aborted in time: %s waits for %s of %s", open, waits,
                committer);
    }
}
