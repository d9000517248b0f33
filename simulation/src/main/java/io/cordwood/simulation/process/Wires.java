package io.cordwood.simulation.process;

import io.cordwood.cluster.FromCommitter;
import io.cordwood.cluster.LineEnd;
import io.cordwood.simulation.world.World;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** All lines between processes, and what befalls them. */
public final class Wires {

    private static final int SOON_MILLIS_MAX = 300;
    private static final int LATE_MILLIS_MAX = 20_000;

    private static final int STALLED_BREAKS_ONE_IN = 4;

    private final World world;
    private final Function<String, Optional<NodeProcess>> places;
    private final List<Wire> open = new ArrayList<>();
    private long opened;
    private long broken;
    private long forwarded;
    private long pushed;

    /**
     * No line.
     *
     * @param places finds the process at an address
     */
    Wires(World world, Function<String, Optional<NodeProcess>> places) {
        this.world = world;
        this.places = places;
    }

    /** A process opens a line to whoever is at an address. */
    Wire open(NodeProcess process, String address, LineEnd<FromCommitter> end) {
        Wire wire = new Wire(world, this, process, address, end);
        opened++;
        open.add(wire);
        return wire;
    }

    /** Some line breaks. */
    public void breakOne() {
        if (!open.isEmpty()) {
            breakDown(open.get(world.chance().nextInt(open.size())));
        }
    }

    /** How many lines were opened. */
    public long opened() {
        return opened;
    }

    /** How many of them broke. */
    public long broken() {
        return broken;
    }

    /** How many proposals were sent to another process. */
    public long forwarded() {
        return forwarded;
    }

    /** How many entries were told to another process. */
    public long pushed() {
        return pushed;
    }

    Optional<NodeProcess> at(String address) {
        return places.apply(address);
    }

    /**
     * A message is sent, which is when bad weather breaks lines.
     *
     * @param stalled whether what was sent before has not arrived for long
     */
    void mayBreak(Wire wire, boolean stalled) {
        if (open.contains(wire) && (world.weather().breaksLine()
                || stalled && world.chance().nextInt(STALLED_BREAKS_ONE_IN) == 0)) {
            breakDown(wire);
        }
    }

    private void breakDown(Wire wire) {
        broken++;
        world.note("a line breaks");
        wire.breakDown();
    }

    void forwarded(boolean sent) {
        forwarded += sent ? 1 : 0;
    }

    void pushed(boolean sent) {
        pushed += sent ? 1 : 0;
    }

    /** A line is one no more. */
    void forget(Wire wire) {
        open.remove(wire);
    }

    /** A process is gone. */
    void processEnded(NodeProcess gone) {
        List<Wire> lost = open.stream().filter(wire -> wire.touches(gone)).toList();
        open.removeAll(lost);
        lost.forEach(wire -> wire.lose(gone));
    }

    /** When one side learns that the other is not there any more: soon, late, or never. */
    Optional<Duration> learn() {
        return switch (world.chance().nextInt(6)) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(Duration.ofMillis(world.chance().nextInt(LATE_MILLIS_MAX)));
            default -> Optional.of(Duration.ofMillis(world.chance().nextInt(SOON_MILLIS_MAX)));
        };
    }
}
