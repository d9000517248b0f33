package io.cordwood.simulation.world;

import io.cordwood.manifest.log.Boundary;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.simulation.truth.Inquiries;
import io.cordwood.simulation.truth.Journal;
import io.cordwood.simulation.truth.Judge;
import io.cordwood.simulation.truth.Ledger;
import io.cordwood.simulation.truth.Promised;
import io.cordwood.simulation.truth.Truth;
import io.cordwood.store.object.FailingObjectStore;
import io.cordwood.store.object.LaggingObjectStore;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.memory.MemoryObjectStore;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** What all processes share: time, chance, the bucket, and those who know the truth about it. */
public final class World {

    /** How often who wants to write looks whether people write again. */
    private static final Duration IDLE_LOOK = Duration.ofSeconds(1);

    /** How often is looked whether what is waited for is so. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private final ManualEventLoop time = new ManualEventLoop();
    private final Judge judge;
    private final Random chance;
    private final Weather weather;
    private final MemoryObjectStore memory = new MemoryObjectStore(time::now);
    private final Truth truth;
    private final Ledger ledger;
    private final Journal journal;
    private final Inquiries inquiries = new Inquiries();
    private final Deletions deletions;
    private final FailingObjectStore failing;
    private int pace = 1;
    private boolean idle;
    private boolean resting;

    /** The world that a seed makes. */
    public World(long seed, Judge judge) {
        this.judge = judge;
        this.chance = new Random(seed);
        this.weather = new Weather(time, chance);
        this.truth = new Truth(judge, memory, time::nanoTime);
        this.ledger = new Ledger(judge, truth);
        this.journal = new Journal(judge, truth);
        this.deletions = new Deletions(truth);
        this.failing = new FailingObjectStore(new Witness(memory, truth, deletions), weather);
    }

    /** Time, which passes when the simulation says so. */
    public ManualEventLoop time() {
        return time;
    }

    /** The only source of chance. */
    public RandomGenerator chance() {
        return chance;
    }

    /** A source of chance of its own, which draws nothing from this one any more. */
    public RandomGenerator split() {
        return new Random(chance.nextLong());
    }

    public Judge judge() {
        return judge;
    }

    public Weather weather() {
        return weather;
    }

    public Truth truth() {
        return truth;
    }

    public Ledger ledger() {
        return ledger;
    }

    public Journal journal() {
        return journal;
    }

    public Inquiries inquiries() {
        return inquiries;
    }

    public Deletions deletions() {
        return deletions;
    }

    /** What processes have not answered yet. */
    public List<Promised> promised() {
        return Stream.of(ledger.open(), journal.open(), inquiries.open())
                .<Promised>flatMap(Set::stream).toList();
    }

    /** A process answers nothing any more. */
    public void processEnded(int life) {
        ledger.processEnded(life);
        journal.processEnded(life);
        inquiries.processEnded(life);
    }

    /** When the weather was last bad; now if it is. */
    public long badUntilNanos() {
        return weather.isCalm() ? weather.calmSinceNanos() : time.nanoTime();
    }

    /**
     * When the weather was last bad, or the network between two processes parted; now if it is.
     */
    public long unsettledUntilNanos() {
        return Math.max(badUntilNanos(),
                Math.min(time.nanoTime(), weather.partedUntilNanos()));
    }

    /** The bucket itself, at once and without failure. */
    public ObjectStore memory() {
        return memory;
    }

    /** The bucket as a process sees it from afar. */
    public ObjectStore bucket() {
        return new LaggingObjectStore(failing, time, weather::lag);
    }

    /** The last entry that may have been deleted. */
    public long boundary() {
        return new Boundary(memory).read().result();
    }

    /** Lets writes take effect now that were given up for lost. */
    public void landLate() {
        failing.landLate();
    }

    /** Something happens. */
    public void note(String event) {
        judge.note(time.nanoTime(), event);
    }

    /** Everything that is done again and again is done so many times more rarely. */
    public void slowDown(int times) {
        pace = times;
    }

    /** Lets time pass until something is so, but no longer than that. */
    public void passUntil(BooleanSupplier so, Duration max) {
        long end = time.nanoTime() + max.toNanos();
        while (!so.getAsBoolean() && time.nanoTime() < end) {
            time.advance(LOOK);
        }
    }

    /** From now on nobody writes: what a process learns of others, it finds out by itself. */
    public void idle() {
        note("idle");
        idle = true;
    }

    /** People write again. */
    public void busy() {
        note("busy");
        idle = false;
    }

    /** What was done again and again is done no more. */
    public void rest() {
        note("rest");
        resting = true;
    }

    /** Writes again and again, like {@link #repeat}, but for the times when nobody does. */
    public void repeatWriting(Duration about, Runnable write) {
        repeat(about, () -> {
            if (!idle) {
                write.run();
            }
        });
    }

    /** Writes once, no sooner than after a time, and not while nobody does. */
    public void writeAfter(Duration delay, Runnable write) {
        time.schedule(delay, () -> {
            if (idle) {
                writeAfter(IDLE_LOOK, write);
            } else if (!resting) {
                write.run();
            }
        });
    }

    /** Does something again and again, at random times about as far apart as said. */
    public void repeat(Duration about, Runnable act) {
        Duration next = Duration.ofMillis(chance.nextLong(2 * about.toMillis() + 1));
        time.schedule(next, () -> {
            if (!resting) {
                if (chance.nextInt(pace) == 0) {
                    act.run();
                }
                repeat(about, act);
            }
        });
    }
}
