package io.cordwood.simulation;

import io.cordwood.manifest.event.ManifestEvent.CommitterElected;
import io.cordwood.manifest.event.ManifestEvent.ObjectsCollected;
import io.cordwood.manifest.event.ManifestEvent.PartitionCompacted;
import io.cordwood.manifest.event.ManifestEvent.RecordsDeleted;
import io.cordwood.manifest.event.ManifestEvent.RunsConverted;
import io.cordwood.manifest.event.ManifestEvent.RunsMerged;
import io.cordwood.simulation.process.Fleet;
import io.cordwood.simulation.process.NodeProcess;
import io.cordwood.simulation.truth.Inquiry;
import io.cordwood.simulation.truth.Journal;
import io.cordwood.simulation.truth.JournalCounts;
import io.cordwood.simulation.truth.Judge;
import io.cordwood.simulation.truth.Promised;
import io.cordwood.simulation.work.Disturbance;
import io.cordwood.simulation.work.IdempotentProducers;
import io.cordwood.simulation.work.Producers;
import io.cordwood.simulation.work.Readers;
import io.cordwood.simulation.work.Topics;
import io.cordwood.simulation.work.TransactionalProducers;
import io.cordwood.simulation.world.Weather;
import io.cordwood.simulation.world.World;
import java.time.Duration;
import java.util.Optional;

/**
 * One seed: some minutes of work and disturbance, now and then a long night or an idle time in the
 * middle, then calm, and an audit. The same seed gives the same run, event by event.
 */
public final class Simulation {

    private static final int DISKS = 4;
    private static final int PROCESSES = 3;
    private static final Duration SLICE = Duration.ofMillis(500);
    private static final int SLICES_MAX = 160;

    /** In that time another may write two checkpoints, and look for what they have left. */
    private static final int PAUSE_SLICES_MAX = 80;

    /** Longer than an append may wait for room and then for its commit. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(40);

    /**
     * One seed in so many has a night, in which a process sleeps while entries are deleted, and
     * another one an idle time in the middle.
     */
    private static final int NIGHT_ONE_IN = 4;
    private static final Duration NIGHT_HOUR = Duration.ofMinutes(35);
    private static final int NIGHT_STORM_ONE_IN = 4;
    private static final Duration NIGHT_STORM = Duration.ofSeconds(5);
    private static final int NIGHT_HOURS = 3;
    private static final int NIGHT_START_ONE_IN = 4;

    /**
     * One seed in so many has no producers that send again, nor transactions. Whoever is the
     * committer no more is told so when it writes for them: without them it has to find out itself.
     */
    private static final int PLAIN_ONE_IN = 3;

    /** Longer than any process goes without a look at the log. */
    private static final Duration LOOKING_TIME = Duration.ofSeconds(12);

    /** About as long as a start takes: entries are deleted while a process reads them. */
    private static final int START_MILLIS = 40;
    private static final int START_SLEEPS_ONE_IN = 4;
    private static final int NIGHT_PACE = 400;

    private final long seed;
    private final Judge judge;
    private final World world;
    private final Fleet fleet;
    private final Readers readers;
    private final Disturbance disturbance;
    private final TimeOuts timeOuts;
    private final Concord concord;
    private Outcome.Tidying tidied = Outcome.Tidying.NONE;

    private Simulation(long seed, boolean aloud) {
        this.seed = seed;
        this.judge = new Judge(aloud);
        this.world = new World(seed, judge);
        this.fleet = new Fleet(world, DISKS);
        this.readers = new Readers(world, fleet);
        this.disturbance = new Disturbance(world, fleet);
        this.timeOuts = new TimeOuts(world, fleet);
        this.concord = new Concord(world, fleet);
    }

    /** Runs a seed. */
    public static Outcome run(long seed) {
        return new Simulation(seed, false).run();
    }

    /** Runs a seed, and prints everything that happens. */
    public static Outcome runAloud(long seed) {
        return new Simulation(seed, true).run();
    }

    private Outcome run() {
        try {
            play();
        } catch (RuntimeException | Error bug) {
            judge.thrown("the simulation", bug);
        }
        return new Outcome(seed, judge.events(), judge.fingerprint(),
                new Outcome.Tally(world.ledger().sent(), world.ledger().stored(), readers.reads(),
                        fleet.lives(), disturbance.crashes(), world.weather().injected(),
                        sharing(), producing(world.journal()), tidied),
                judge.verdict().map(this::tell));
    }

    private Outcome.Sharing sharing() {
        return new Outcome.Sharing(world.truth().count(CommitterElected.class),
                fleet.wires().opened(), fleet.wires().broken(), fleet.wires().forwarded(),
                fleet.wires().pushed());
    }

    private static Outcome.Producing producing(Journal journal) {
        JournalCounts counts = journal.counts();
        return new Outcome.Producing(journal.sent(), counts.repeated(), counts.committed(),
                counts.aborted(), counts.fenced());
    }

    private void play() {
        for (int i = 0; i < PROCESSES; i++) {
            fleet.start();
        }
        new Topics(world, fleet).start(Duration.ofSeconds(4));
        new Producers(world, fleet).start(Duration.ofMillis(500));
        if (world.chance().nextInt(PLAIN_ONE_IN) > 0) {
            new IdempotentProducers(world, fleet).start(Duration.ofMillis(1_500));
            new TransactionalProducers(world, fleet).start(Duration.ofMillis(600));
        }
        readers.start(Duration.ofMillis(600));
        disturbance.start(Duration.ofMillis(1_200));
        live(20 + world.chance().nextInt(SLICES_MAX));
        switch (world.chance().nextInt(NIGHT_ONE_IN)) {
            case 0 -> sleepThroughANight();
            case 1 -> pauseInTheMiddle();
            default -> {
            }
        }
        disturbance.pause();
        tidied = new Outcome.Tidying(world.truth().count(RunsMerged.class),
                world.truth().count(RunsConverted.class),
                world.truth().count(PartitionCompacted.class),
                world.truth().count(RecordsDeleted.class),
                world.truth().count(ObjectsCollected.class), world.deletions().entries(),
                world.deletions().orphans());
        if (judge.verdict().isEmpty()) {
            new Audit(world, fleet).run();
        }
    }

    private void live(int slices) {
        for (int i = 0; i < slices && judge.verdict().isEmpty(); i++) {
            world.time().advance(SLICE);
            fleet.alive().forEach(NodeProcess::check);
            world.promised().forEach(this::checkAnswered);
            timeOuts.check();
            concord.check();
        }
    }

    /** A process stands still for hours; meanwhile another commits, and old entries are deleted. */
    private void sleepThroughANight() {
        disturbance.pause();
        live(20);
        Optional<NodeProcess> sleeper = world.chance().nextInt(START_SLEEPS_ONE_IN) == 0
                ? someoneFallsAsleepAtItsStart()
                : someoneFallsAsleep();
        fleet.start();
        live(60);
        world.slowDown(NIGHT_PACE);
        for (int hour = 0; hour < NIGHT_HOURS && judge.verdict().isEmpty(); hour++) {
            if (world.chance().nextInt(NIGHT_STORM_ONE_IN) == 0) {
                world.weather().storm();
            }
            if (world.chance().nextInt(NIGHT_START_ONE_IN) == 0) {
                fleet.start();
            }
            world.time().advance(NIGHT_STORM);
            world.weather().calm();
            world.landLate();
            world.time().advance(NIGHT_HOUR);
        }
        world.slowDown(1);
        sleeper.ifPresent(NodeProcess::wake);
        if (world.chance().nextBoolean()) {
            new IdleTime(world, fleet).pass();
        }
        live(20);
    }

    /** A process stands still while another takes over, and wakes when nobody writes. */
    private void pauseInTheMiddle() {
        disturbance.pause();
        if (world.chance().nextBoolean()) {
            lookInVain();
        }
        Optional<NodeProcess> sleeper = someoneFallsAsleep();
        fleet.start();
        live(20 + world.chance().nextInt(PAUSE_SLICES_MAX));
        sleeper.ifPresent(NodeProcess::wake);
        new IdleTime(world, fleet).pass();
        disturbance.goOn();
        live(20 + world.chance().nextInt(SLICES_MAX));
    }

    /** The bucket is away while nobody writes: whoever looks for what others wrote cannot. */
    private void lookInVain() {
        world.idle();
        world.weather().outage();
        world.time().advance(LOOKING_TIME);
        world.weather().calm();
        world.busy();
        live(20);
    }

    /**
     * The committer, or somebody who listens to it: in the middle of its work, or long after the
     * last of it.
     */
    private Optional<NodeProcess> someoneFallsAsleep() {
        Optional<NodeProcess> sleeper = world.chance().nextBoolean()
                ? fleet.committer().or(fleet::someServing)
                : fleet.someServing();
        if (world.chance().nextBoolean()) {
            sleeper.ifPresent(NodeProcess::loseClients);
            live(20);
        }
        sleeper.ifPresent(NodeProcess::sleep);
        return sleeper;
    }

    /** What it has read of the manifest is history when it wakes. */
    private Optional<NodeProcess> someoneFallsAsleepAtItsStart() {
        Optional<NodeProcess> sleeper = fleet.start();
        world.time().advance(Duration.ofMillis(world.chance().nextInt(START_MILLIS)));
        sleeper.ifPresent(NodeProcess::sleep);
        return sleeper;
    }

    /** An append has a time-out of its own; whatever else is asked for waits for good weather. */
    private void checkAnswered(Promised promised) {
        fleet.alive().stream().filter(process -> process.life() == promised.life()
                && !process.isStill()).findFirst().ifPresent(process -> {
                    long able = promised instanceof Inquiry
                            ? world.unsettledUntilNanos() + Weather.HANGS_MAX.toNanos()
                            : 0;
                    long since = Math.max(Math.max(promised.sentAtNanos(), able),
                            process.runsSinceNanos());
                    Duration waits = Duration.ofNanos(world.time().nanoTime() - since);
                    judge.check(waits.compareTo(ANSWER_MAX) < 0,
                            "whatever is asked for is answered in time: %s waits for %s", promised,
                            waits);
                });
    }

    private String tell(Judge.Verdict verdict) {
        StringBuilder story = new StringBuilder(judge.lastEvents());
        verdict.bug().ifPresent(bug -> {
            story.append('\n').append(bug);
            for (StackTraceElement frame : bug.getStackTrace()) {
                story.append("\n    at ").append(frame);
            }
        });
        return story.append("\nseed ").append(seed).append(": ").append(verdict.promise())
                .append("\nto replay it: mvn -q -pl simulation validate exec:exec"
                        + " -Dsimulate=\"--replay ")
                .append(seed).append('"').toString();
    }
}
