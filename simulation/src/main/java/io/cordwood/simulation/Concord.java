package io.cordwood.simulation;

import io.cordwood.manifest.event.Member;
import io.cordwood.manifest.follow.HeadProbe;
import io.cordwood.simulation.process.Fleet;
import io.cordwood.simulation.process.NodeProcess;
import io.cordwood.simulation.world.Weather;
import io.cordwood.simulation.world.World;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * What processes that share a log owe to each other whenever nothing is in their way: one of them
 * commits, and all of them know what is in the log.
 */
final class Concord {

    /** Longer than it takes to miss the committer, to be elected, and to be listened to. */
    private static final Duration VACANT_MAX = Duration.ofSeconds(12);

    /** Longer than the end of the log goes unseen, and a look at it takes. */
    private static final Duration UNKNOWN_MAX = HeadProbe.INTERVAL.plusSeconds(2);

    /** How often it is looked at least. */
    private static final Duration UNSEEN_MAX = Duration.ofSeconds(2);

    private final World world;
    private final Fleet fleet;
    private long vacantSinceNanos;
    private long lookedNanos;

    Concord(World world, Fleet fleet) {
        this.world = world;
        this.fleet = fleet;
    }

    /** Checks all processes that run. Who looks after a while has not seen who committed before. */
    void check() {
        if (since(lookedNanos).compareTo(UNSEEN_MAX) > 0) {
            vacantSinceNanos = world.time().nanoTime();
        }
        lookedNanos = world.time().nanoTime();
        List<NodeProcess> running = fleet.serving().stream()
                .filter(process -> !process.isStill()).toList();
        running.forEach(this::checkKnowledge);
        if (fleet.committer().filter(process -> !process.isStill()).isPresent()) {
            vacantSinceNanos = world.time().nanoTime();
        }
        running.forEach(process -> world.judge().check(
                since(Math.max(vacantSinceNanos, ableSinceNanos(process)))
                        .compareTo(VACANT_MAX) <= 0,
                "who is silent is replaced: nobody commits, and %s could", process));
    }

    /**
     * Nobody believes to be the committer but the one that is, and those that serve are those that
     * are known to.
     */
    void checkRoles() {
        List<UUID> known = world.truth().state().nodes().serving().stream()
                .flatMap(node -> node.member().stream()).map(Member::process).sorted().toList();
        List<UUID> serving = fleet.serving().stream()
                .map(process -> Fleet.nodeOf(process).process()).sorted().toList();
        world.judge().check(known.equals(serving) || serving.isEmpty(),
                "who serves is known to serve, and nobody else: %s are, %s do", known, serving);
        List<NodeProcess> believers = fleet.serving().stream()
                .filter(process -> Fleet.nodeOf(process).isCommitter()).toList();
        world.judge().check(fleet.serving().isEmpty() || (!believers.isEmpty()
                && believers.equals(fleet.committer().stream().toList())),
                "there is one committer: %s, of %s", believers, fleet.serving());
    }

    private void checkKnowledge(NodeProcess process) {
        if (since(ableSinceNanos(process)).compareTo(UNKNOWN_MAX) > 0) {
            long known = Fleet.nodeOf(process).state().sequence();
            long old = world.truth()
                    .sequenceAt(world.time().nanoTime() - UNKNOWN_MAX.toNanos());
            world.judge().check(known >= old,
                    "whoever runs learns what is in the log: %s knows %d, not %d", process, known,
                    old);
        }
    }

    private Duration since(long nanos) {
        return Duration.ofNanos(world.time().nanoTime() - nanos);
    }

    /** Since when nothing has been in its way, not even a request that was sent in a storm. */
    private long ableSinceNanos(NodeProcess process) {
        return Math.max(process.runsSinceNanos(),
                world.unsettledUntilNanos() + Weather.HANGS_MAX.toNanos());
    }
}
