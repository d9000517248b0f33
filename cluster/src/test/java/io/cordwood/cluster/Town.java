package io.cordwood.cluster;

import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.log.Backoff;
import io.cordwood.manifest.log.ManifestLog;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.FailingObjectStore;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.LaggingObjectStore;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.memory.MemoryObjectStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** Some processes over one bucket, and the lines between them. */
final class Town {

    final ManualEventLoop time = new ManualEventLoop();
    final MemoryObjectStore memory = new MemoryObjectStore(time::now);
    final FailingObjectStore bucket = new FailingObjectStore(memory, FaultPolicy.none());
    final Random chance;
    private final List<Resident> residents = new ArrayList<>();
    private final List<TownLine> lines = new ArrayList<>();
    private final Set<String> isolated = new HashSet<>();
    private int seeds;
    private int slowOneIn = Integer.MAX_VALUE;

    Town(long seed) {
        this.chance = new Random(seed);
    }

    /** Starts a process at an address, and does not wait for it. */
    Resident start(String address) {
        seeds++;
        Resident resident = new Resident(this, address, seeds);
        residents.add(resident);
        resident.begin();
        return resident;
    }

    /** Starts a process, and waits until it has found the committer or is it. */
    Resident started(String address) {
        Resident resident = start(address);
        time.await(resident.found());
        return resident;
    }

    List<Resident> alive() {
        return residents.stream().filter(resident -> !resident.loop.isDead()).toList();
    }

    Optional<Resident> at(String address) {
        return alive().stream().filter(resident -> resident.address.equals(address)).findFirst();
    }

    void pass(Duration duration) {
        time.advance(duration);
    }

    /** What is true now, read by somebody who was not there. */
    ManifestState truth() {
        ProcessLoop loop = new ProcessLoop(time);
        Follower follower = new Follower(
                new ManifestLog(memory, loop, Backoff.standard(new Random(0))),
                ManifestState.EMPTY, loop);
        return time.await(loop.submit(follower::catchUp));
    }

    /** From now on one request of so many takes seconds, and so does one message. */
    void slowDown(int oneIn) {
        slowOneIn = oneIn;
    }

    /** Whether something is slow, or left out for want of room. */
    boolean isUnlucky() {
        return chance.nextInt(slowOneIn) == 0;
    }

    /** The bucket as a process sees it. */
    ObjectStore far(CountingObjectStore requests) {
        return new LaggingObjectStore(requests, time,
                operation -> Duration.ofMillis(isUnlucky()
                        ? 2_000 + chance.nextInt(6_000)
                        : 10 + chance.nextInt(60)));
    }

    /** All lines break that go to or from an address. */
    void cut(String address) {
        lines.stream().filter(line -> line.touches(address)).toList().forEach(TownLine::close);
        lines.removeIf(TownLine::isClosed);
    }

    /** From now on no line leads to or from an address. */
    void isolate(String address) {
        isolated.add(address);
        cut(address);
    }

    /** Lines lead there again. */
    void reunite(String address) {
        isolated.remove(address);
    }

    Line<ToCommitter> open(Resident from, String address, LineEnd<FromCommitter> end) {
        Optional<Resident> to = isolated.contains(address) || isolated.contains(from.address)
                ? Optional.empty()
                : at(address);
        TownLine line = new TownLine(this, from, to, end);
        lines.add(line);
        return line;
    }
}
