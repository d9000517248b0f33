package io.cordwood.simulation.process;

import io.cordwood.cache.CacheSettings;
import io.cordwood.cache.CachingObjectStore;
import io.cordwood.ingest.IngestSettings;
import io.cordwood.kafka.producers.ProducerIdBlock;
import io.cordwood.kafka.producers.TransactionEnds;
import io.cordwood.manifest.SeededIds;
import io.cordwood.manifest.follow.Checkpointer;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.LogException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.cordwood.server.node.Node;
import io.cordwood.server.node.NodeEnvironment;
import io.cordwood.server.node.NodeSettings;
import io.cordwood.server.node.NodeStorage;
import io.cordwood.simulation.world.World;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** One life of a process: from its start to its end by whatever. */
public final class NodeProcess {

    /** Small, so that every bound is reached. */
    private static final IngestSettings INGEST = new IngestSettings(Duration.ofMillis(250),
            400_000, 1_500_000, 3, Duration.ofSeconds(5), Duration.ofSeconds(20));
    private static final Checkpointer.Pace CHECKPOINTS = new Checkpointer.Pace(15, 4 << 20);

    /** A merged segment: its runs, and what it has beside them. */
    private static final int MERGE_MAX_BYTES = 320_000;
    private static final long REQUESTS_MAX_BYTES = 3_000_000;
    private static final long READS_MAX_BYTES = 256 << 20;

    /** What an entry may have beside the segments in it, which the buffer does not count. */
    private static final int ENTRY_MAX_BYTES = 4_096;

    private static final long HISTORY_MAX_BYTES = 1L << 30;

    /** More than is ever written, because what a full cache drops is chosen by its own chance. */
    private static final CacheSettings CACHE = new CacheSettings(1L << 30, 0);

    /** The longest that a request may hang in bad weather is part of how long a stop may take. */
    private static final Duration STOP_MAX = Duration.ofSeconds(30);
    private static final int SKEW_MAX_SECONDS = 100_000;

    private final World world;
    private final int life;
    private final Disk disk;
    private final Lifeline lifeline = new Lifeline();
    private final Trap trap = new Trap();
    private final ProcessLoop loop;
    private final Holding requests;
    private final RandomGenerator chance;
    private final long startedAtNanos;
    private Optional<Node> node = Optional.empty();
    private Optional<TransactionEnds> ends = Optional.empty();
    private boolean hasClients = true;
    private boolean slept;

    /**
     * Starts a process.
     *
     * @param life its number: no two lives have the same
     */
    NodeProcess(World world, int life, Disk disk, Diligence diligence) {
        this.world = world;
        this.life = life;
        this.disk = disk;
        this.chance = world.split();
        this.loop = new ProcessLoop(world, lifeline, skew());
        this.startedAtNanos = world.time().nanoTime();
        this.requests = holding("requests without an answer", REQUESTS_MAX_BYTES);
        ProcessWorkers workers = new ProcessWorkers(world, lifeline, trap);
        ProcessStore store = new ProcessStore(world.bucket(), lifeline, trap, traffic());
        world.note("start " + this + ", " + diligence);
        Node.open(new NodeEnvironment(loop, workers, workers, chance, new SeededIds(chance)),
                new NodeStorage(store, CachingObjectStore.inMemory(store, CACHE), disk.open()),
                new NodeSettings(toString(), INGEST, REQUESTS_MAX_BYTES, READS_MAX_BYTES,
                        HISTORY_MAX_BYTES, CHECKPOINTS, diligence.settings(),
                        // Iceberg dates what it writes by the machine's clock.
                        Optional.empty()))
                .onSuccess(this::serve).onFailure(this::fail);
    }

    /** The node, once it serves and as long as it does. */
    public Optional<Node> node() {
        return lifeline.isGone() ? Optional.empty() : node;
    }

    /** What its Kafka edge would answer producers with, once it serves and as long as it does. */
    public Optional<TransactionEnds> producers() {
        return lifeline.isGone() ? Optional.empty() : ends;
    }

    /** The number of this life. */
    public int life() {
        return life;
    }

    public Disk disk() {
        return disk;
    }

    /** Whether nothing happens in it any more. */
    public boolean isGone() {
        return lifeline.isGone();
    }

    /** The requests that its clients made, once it had room for them, until it answered. */
    public Holding requests() {
        return requests;
    }

    /** Whether anybody uses it. */
    public boolean hasClients() {
        return hasClients;
    }

    /** Its clients go elsewhere, and never come back. */
    public void loseClients() {
        world.note("unused " + this);
        hasClients = false;
    }

    /** Whether it stands still. */
    public boolean isStill() {
        return lifeline.isStill();
    }

    /** Since when it has run without standing still. */
    public long runsSinceNanos() {
        return Math.max(startedAtNanos, lifeline.resumedAtNanos());
    }

    /** It stands still, like a machine in a long pause. */
    public void sleep() {
        world.note("sleep " + this);
        slept = true;
        lifeline.stop();
    }

    /** It runs again, and does not know that time has passed. */
    public void wake() {
        if (lifeline.isStill()) {
            world.note("wake " + this);
            lifeline.resume(world.time().nanoTime());
        }
    }

    /** Its wall clock jumps. */
    public void setClock() {
        loop.setClock(skew());
    }

    /** It ends as a power switch does, and leaves its disk like that. */
    public void crash(DiskFate fate) {
        if (lifeline.isGone()) {
            return;
        }
        world.note("crash " + this + ", disk " + fate);
        end();
        switch (fate) {
            case KEPT -> {
            }
            case CUT -> disk.cut();
            case WIPED -> disk.wipe();
        }
    }

    /** It will crash between two steps, after it made so many. */
    public void crashAfter(int steps, DiskFate fate) {
        trap.set(steps, () -> crash(fate));
    }

    /** It is asked to end, and does when it is done. */
    public void stop() {
        world.note("stop " + this);
        Runnable ended = () -> {
            if (!lifeline.isGone()) {
                world.note("stopped " + this);
                end();
            }
        };
        node().ifPresentOrElse(serving -> serving.close().onComplete(done -> ended.run()), ended);
        world.time().schedule(STOP_MAX, ended);
    }

    /** Checks what always holds of a process. */
    public void check() {
        world.judge().check(disk.bytes() <= INGEST.bufferSizeMaxBytes(),
                "the local WAL is bounded like the buffer: %s has %d bytes on its disk", this,
                disk.bytes());
        node().ifPresent(serving -> world.judge().check(
                serving.statistics().heldBytes() <= INGEST.bufferSizeMaxBytes(),
                "the buffer is bounded: %s holds %d bytes", this,
                serving.statistics().heldBytes()));
    }

    @Override
    public String toString() {
        return "process-" + life;
    }

    private Traffic traffic() {
        return new Traffic(
                holding("uploads", INGEST.bufferSizeMaxBytes() + ENTRY_MAX_BYTES
                        + MERGE_MAX_BYTES));
    }

    private Holding holding(String what, long bytesMax) {
        return new Holding(world.judge(), what + " of " + this, bytesMax);
    }

    private void end() {
        lifeline.end();
        disk.leave();
        disk.free();
        world.processEnded(life);
    }

    private void serve(Node opened) {
        world.note("serves " + this);
        node = Optional.of(opened);
        ends = Optional.of(
                new TransactionEnds(opened.kafka(), new ProducerIdBlock(opened.kafka())));
        opened.stopped().onSuccess(this::stopped);
    }

    private void fail(Throwable reason) {
        world.note("failed " + this + ": " + reason);
        world.judge().check(reason instanceof UnavailableException || isRightful(reason),
                "a process starts, or the bucket does not answer: %s cannot (%s)", this, reason);
        end();
    }

    private void stopped(LogException reason) {
        world.note("stops " + this + ": " + reason.getMessage());
        world.judge().check(isRightful(reason),
                "a process stops when another took over: %s did not (%s)", this, reason);
        stop();
    }

    /** Who slept may not know what became of what he did before. */
    private boolean isRightful(Throwable reason) {
        return (reason instanceof FencedException && (slept || wasTakenOver()))
                || (reason instanceof UnknownOutcomeException && slept);
    }

    private boolean wasTakenOver() {
        return !world.truth().state().position().address().equals(toString());
    }

    private Duration skew() {
        return Duration.ofSeconds(chance.nextInt(2 * SKEW_MAX_SECONDS) - SKEW_MAX_SECONDS);
    }

    /** What becomes of the disk of a process that crashes. */
    public enum DiskFate {
        KEPT, CUT, WIPED
    }
}
