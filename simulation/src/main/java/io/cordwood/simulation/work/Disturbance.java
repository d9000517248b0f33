package io.cordwood.simulation.work;

import io.cordwood.simulation.process.Fleet;
import io.cordwood.simulation.process.NodeProcess;
import io.cordwood.simulation.process.NodeProcess.DiskFate;
import io.cordwood.simulation.world.World;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;

/** Everything that goes wrong outside of the processes, by chance. */
public final class Disturbance {

    private static final int ALIVE_MAX = 3;
    private static final int STEPS_MAX = 60;
    private static final int SLEEP_MILLIS_MAX = 40_000;
    private static final int OUTAGE_MILLIS_MAX = 45_000;
    private static final int PARTED_MILLIS_MAX = 20_000;

    private final World world;
    private final Fleet fleet;
    private long crashes;
    private boolean pausing;

    public Disturbance(World world, Fleet fleet) {
        this.world = world;
        this.fleet = fleet;
    }

    /** Begins to disturb, so often on average. */
    public void start(Duration about) {
        world.repeat(about, this::disturb);
    }

    /** Disturbs no more until it goes on, and lets everybody recover. */
    public void pause() {
        pausing = true;
        world.note("calm");
        world.weather().calm();
        world.weather().join();
        world.landLate();
        fleet.alive().forEach(NodeProcess::wake);
    }

    /** Disturbs again. */
    public void goOn() {
        pausing = false;
    }

    /** How many processes were crashed. */
    public long crashes() {
        return crashes;
    }

    private void disturb() {
        if (pausing) {
            return;
        }
        RandomGenerator chance = world.chance();
        switch (chance.nextInt(20)) {
            case 0, 1 -> fleet.someAlive().ifPresent(this::crash);
            case 2 -> fleet.someAlive().ifPresent(NodeProcess::stop);
            case 3, 4 -> fleet.someAlive().ifPresent(this::sleep);
            case 5, 6 -> startAnother();
            case 7, 8, 9 -> world.weather().storm();
            case 10, 11 -> world.weather().calm();
            case 12 -> outage();
            case 13 -> fleet.someAlive().ifPresent(process -> process.disk().fill());
            case 14 -> fleet.someAlive().ifPresent(NodeProcess::setClock);
            case 15, 16 -> fleet.wires().breakOne();
            case 17, 18 -> part();
            default -> world.landLate();
        }
        if (chance.nextInt(ALIVE_MAX) >= fleet.alive().size()) {
            startAnother();
        }
    }

    private void crash(NodeProcess process) {
        crashes++;
        DiskFate[] fates = DiskFate.values();
        DiskFate fate = fates[world.chance().nextInt(fates.length)];
        if (world.chance().nextBoolean()) {
            process.crash(fate);
        } else {
            process.crashAfter(1 + world.chance().nextInt(STEPS_MAX), fate);
        }
    }

    private void sleep(NodeProcess process) {
        if (!process.isStill()) {
            process.sleep();
            Duration time = Duration.ofMillis(world.chance().nextInt(SLEEP_MILLIS_MAX));
            world.time().schedule(time, process::wake);
        }
    }

    private void startAnother() {
        if (fleet.alive().size() < ALIVE_MAX) {
            fleet.start();
        }
    }

    /** Nothing gets from one machine to others, or to it, or both. */
    private void part() {
        List<String> addresses = fleet.addresses();
        RandomGenerator chance = world.chance();
        String parted = addresses.get(chance.nextInt(addresses.size()));
        boolean to = chance.nextBoolean();
        boolean from = !to || chance.nextBoolean();
        Duration time = Duration.ofMillis(chance.nextInt(PARTED_MILLIS_MAX));
        world.note("part " + parted + (from ? " from" : "") + (to ? " to" : "") + " for " + time);
        for (String other : addresses) {
            if (from && chance.nextInt(3) > 0) {
                world.weather().part(parted, other, time);
            }
            if (to && chance.nextInt(3) > 0) {
                world.weather().part(other, parted, time);
            }
        }
    }

    private void outage() {
        world.note("outage");
        world.weather().outage();
        Duration time = Duration.ofMillis(world.chance().nextInt(OUTAGE_MILLIS_MAX));
        world.time().schedule(time, world.weather()::calm);
    }
}
