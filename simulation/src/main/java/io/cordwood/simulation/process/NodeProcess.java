package io.cordwood.simulation.process;

import io.cordwood.cache.CacheSettings;
import io.cordwood.cache.CachingObjectStore;
import io.cordwood.cluster.FromCommitter;
import io.cordwood.cluster.Line;
import io.cordwood.cluster.LineEnd;
import io.cordwood.cluster.ToCommitter;
import io.cordwood.ingest.IngestSettings;
import io.cordwood.kafka.producers.ProducerIdBlock;
import io.cordwood.kafka.producers.TransactionEnds;
import io.cordwood.manifest.SeededIds;
import io.cordwood.manifest.event.Member;
import io.cordwood.manifest.event.NodeRole;
import io.cordwood.manifest.follow.Checkpointer;
import io.cordwood.manifest.log.ManifestLog;
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
import java.util.Set;
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

    /** The committer writes one entry at a time, with segments of others in it. */
    private static final int ENTRY_MAX_BYTES = 8 << 20;

    private static final long HISTORY_MAX_BYTES = 1L << 30;

    /** More than is ever written, because what a full cache drops is chosen by its own chance. */
    private static final CacheSettings CACHE = new CacheSettings(1L << 30, 0);

    /** The longest that a request may hang in bad weather is part of how long a stop may take. */
    private static final Duration STOP_MAX = Duration.ofSeconds(30);
    private static final int SKEW_MAX_SECONDS = 100_000;

    private final World world;
    private final Wires wires;
    private final ProcessLines lines;
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
    private boolean stopping;
    private long stoppedNanos;
    private Duration sleptMax = Duration.ZERO;

    /**
     * Starts a process.
     *
     * @param life its number: no two lives have the same
     */
    NodeProcess(World world, Wires wires, int life, Disk disk, Diligence diligence) {
        this.world = world;
        this.wires = wires;
        this.lines = new ProcessLines(wires, this);
        this.life = life;
        this.disk = disk;
        this.chance = world.split();
        this.loop = new ProcessLoop(world, lifeline, skew());
        this.startedAtNanos = world.time().nanoTime();
        this.requests = holding("requests without an answer", REQUESTS_MAX_BYTES);
        ProcessWorkers workers = new ProcessWorkers(world, lifeline, trap);
        ProcessStore store = new ProcessStore(world.bucket(), lifeline, trap, traffic());
        world.note("start " + this + ", " + diligence);
        Node.open(new NodeEnvironment(loop, workers, workers, chance, new SeededIds(chance),
                cluster -> lines),
                new NodeStorage(store, CachingObjectStore.inMemory(store, CACHE), disk.open()),
                new NodeSettings(INGEST, REQUESTS_MAX_BYTES, READS_MAX_BYTES,
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

    /** Where others reach it. */
    public String address() {
        return disk.address();
    }

    ProcessLoop loop() {
        return loop;
    }

    /** Whether others can open lines to it. */
    boolean isReached() {
        return lines.isReached();
    }

    /** Takes a line of another. */
    Optional<LineEnd<ToCommitter>> accept(Line<FromCommitter> back) {
        return lines.accept(back);
    }

    /** Whether it serves, and has not begun to stop. */
    public boolean serves() {
        return node().isPresent() && !stopping;
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
        stoppedNanos = world.time().nanoTime();
        lifeline.stop();
    }

    /** It runs again, and does not know that time has passed. */
    public void wake() {
        if (lifeline.isStill()) {
            world.note("wake " + this);
            long now = world.time().nanoTime();
            Duration slept = Duration.ofNanos(now - stoppedNanos);
            sleptMax = slept.compareTo(sleptMax) > 0 ? slept : sleptMax;
            lifeline.resume(now);
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
        stopping = true;
        Runnable ended = () -> {
            if (!lifeline.isGone()) {
                world.note("stopped " + this);
                end();
            }
        };
        node().ifPresentOrElse(serving -> serving.leave()
                .compose(left -> serving.close()).onComplete(done -> ended.run()), ended);
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
                holding("uploads", INGEST.bufferSizeMaxBytes() + MERGE_MAX_BYTES),
                holding("entries", ENTRY_MAX_BYTES));
    }

    private Holding holding(String what, long bytesMax) {
        return new Holding(world.judge(), what + " of " + this, bytesMax);
    }

    private void end() {
        lifeline.end();
        disk.leave();
        disk.free();
        wires.processEnded(this);
        world.processEnded(life);
    }

    private void serve(Node opened) {
        world.note("serves " + this);
        node = Optional.of(opened);
        ends = Optional.of(
                new TransactionEnds(opened.kafka(), new ProducerIdBlock(opened.kafka())));
        opened.stopped().onSuccess(this::stopped);
        opened.join(new Member(address(), opened.process(),
                new Member.Addresses(address(), address(), address()), Optional.empty(),
                Set.of(NodeRole.values()))).onFailure(this::checkJoined);
    }

    private void fail(Throwable reason) {
        world.note("failed " + this + ": " + reason);
        world.judge().check(reason instanceof UnavailableException || isRightful(reason),
                "a process starts, or the bucket does not answer: %s cannot (%s)", this, reason);
        end();
    }

    private void checkJoined(Throwable failure) {
        world.judge().check(isRightful(failure), "a node that serves is known to others: %s (%s)",
                this, failure);
    }

    private void stopped(LogException reason) {
        world.note("stops " + this + ": " + reason.getMessage());
        world.judge().check(isRightful(reason),
                "a process stops when its state has no future: that of %s has (%s)", this, reason);
        stop();
    }

    /** Who slept so long does not know either what became of what it did before. */
    private boolean isRightful(Throwable reason) {
        return hasNoFuture() && (reason instanceof FencedException
                || reason instanceof UnknownOutcomeException);
    }

    /** Whether it slept while what comes next in its state was deleted. */
    public boolean hasNoFuture() {
        long known = node.map(it -> it.state().sequence()).orElse(0L);
        return sleptMax.compareTo(ManifestLog.ENTRY_RETENTION) > 0 && world.boundary() > known;
    }

    private Duration skew() {
        return Duration.ofSeconds(chance.nextInt(2 * SKEW_MAX_SECONDS) - SKEW_MAX_SECONDS);
    }

    /** What becomes of the disk of a process that crashes. */
    public enum DiskFate {
        KEPT, CUT, WIPED
    }
}
