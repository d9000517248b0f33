package io.cordwood.simulation.world;

import io.cordwood.runtime.EventLoop;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.Operation;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** How the bucket is now, and the network to it and between processes. */
public final class Weather implements FaultPolicy {

    private static final List<Fault> BAD = List.of(new Fault.Refused(),
            new Fault.TimeOut(Fault.Landing.NEVER), new Fault.TimeOut(Fault.Landing.AT_ONCE),
            new Fault.TimeOut(Fault.Landing.LATER), new Fault.ServerError(Fault.Landing.NEVER),
            new Fault.ServerError(Fault.Landing.AT_ONCE),
            new Fault.ServerError(Fault.Landing.LATER), new Fault.Conflict(), new Fault.CutBody(),
            new Fault.Repeated(), new Fault.Ignored());
    private static final List<Fault> OUT = List.of(new Fault.Refused(),
            new Fault.TimeOut(Fault.Landing.NEVER), new Fault.ServerError(Fault.Landing.NEVER));

    /** One in so many requests hangs while the weather is bad. */
    private static final int HANGS_ONE_IN = 60;
    private static final int HANGS_MAX_MILLIS = 40_000;

    private static final int TRANSIT_MAX_MILLIS = 5_000;
    private static final int BREAKS_ONE_IN = 150;

    /** The longest that a request takes. */
    public static final Duration HANGS_MAX = Duration.ofMillis(HANGS_MAX_MILLIS);

    private final EventLoop time;
    private final RandomGenerator chance;
    private double share;
    private int lagMillis = 1;
    private List<Fault> faults = BAD;
    private long injected;
    private long calmSinceNanos;
    private final Map<Way, Long> parted = new HashMap<>();
    private long partedUntilNanos;

    /** Calm weather that changes by chance. */
    Weather(EventLoop time, RandomGenerator chance) {
        this.time = time;
        this.chance = chance;
    }

    /** Nothing fails any more, and requests are quick. */
    public void calm() {
        if (!isCalm()) {
            calmSinceNanos = time.nanoTime();
        }
        share = 0;
        lagMillis = 4;
    }

    /** Some requests fail, in every way there is, and the others take as long as they like. */
    public void storm() {
        faults = BAD;
        share = chance.nextDouble() * 0.6;
        lagMillis = 1 + chance.nextInt(200);
    }

    /** No request gets through. */
    public void outage() {
        faults = OUT;
        share = 1;
    }

    /** Whether no request fails now. */
    public boolean isCalm() {
        return share == 0;
    }

    /** When the weather last became calm. */
    long calmSinceNanos() {
        return calmSinceNanos;
    }

    /** How many requests suffered a fault. */
    public long injected() {
        return injected;
    }

    @Override
    public Fault faultOf(Request request) {
        if (chance.nextDouble() >= share) {
            return new Fault.Pass();
        }
        injected++;
        return faults.get(chance.nextInt(faults.size()));
    }

    /** Nothing that is sent from one address to another arrives for a while. */
    public void part(String from, String to, Duration time) {
        long until = this.time.nanoTime() + time.toNanos();
        parted.put(new Way(from, to), until);
        partedUntilNanos = Math.max(partedUntilNanos, until);
    }

    /** Everything arrives again. */
    public void join() {
        parted.clear();
        partedUntilNanos = Math.min(partedUntilNanos, time.nanoTime());
    }

    /** Until when nothing arrives that is sent from one address to another; the past if it does. */
    public long partedUntilNanos(String from, String to) {
        return parted.getOrDefault(new Way(from, to), 0L);
    }

    /** Until when nothing arrives somewhere. */
    long partedUntilNanos() {
        return partedUntilNanos;
    }

    /** How long a message between processes takes. */
    public Duration transit() {
        int millis = !isCalm() && chance.nextInt(HANGS_ONE_IN) == 0
                ? chance.nextInt(TRANSIT_MAX_MILLIS)
                : 1 + chance.nextInt(lagMillis);
        return Duration.ofMillis(millis);
    }

    /** Whether a line breaks on which something is said now. */
    public boolean breaksLine() {
        return !isCalm() && chance.nextInt(BREAKS_ONE_IN) == 0;
    }

    /** How long a request takes, there and back. */
    public Duration lag(Operation operation) {
        int millis = !isCalm() && chance.nextInt(HANGS_ONE_IN) == 0
                ? chance.nextInt(HANGS_MAX_MILLIS)
                : 1 + chance.nextInt(lagMillis);
        return Duration.ofMillis(millis);
    }

    private record Way(String from, String to) {}
}
