package io.cordwood.simulation;

import io.cordwood.simulation.process.Fleet;
import io.cordwood.simulation.world.World;
import java.time.Duration;

/**
 * A calm time in which nobody writes. No commit tells a process then that it is not the committer
 * any more, what others have written, or that what it does not know yet was deleted: its own look
 * at the log must.
 */
final class IdleTime {

    /** Longer than a request may still hang that was sent in the storm, and a look after that. */
    private static final Duration NOTICE_MAX = Duration.ofSeconds(60);

    /** Reading goes on, but rarely. */
    private static final int PACE = 20;

    private final World world;
    private final Fleet fleet;
    private final Concord concord;

    IdleTime(World world, Fleet fleet) {
        this.world = world;
        this.fleet = fleet;
        this.concord = new Concord(world, fleet);
    }

    /** Passes. At its end there is one committer, and everybody knows what it does. */
    void pass() {
        world.idle();
        world.slowDown(PACE);
        for (int second = 0; second < NOTICE_MAX.toSeconds(); second++) {
            world.time().advance(Duration.ofSeconds(1));
            concord.check();
        }
        world.slowDown(1);
        concord.checkRoles();
        fleet.serving().forEach(process -> world.judge().check(!process.hasNoFuture(),
                "who can know the log no more stops: %s does not", process));
        new TimeOuts(world, fleet).check();
        world.busy();
    }
}
