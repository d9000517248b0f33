package io.cordwood.simulation;

import io.cordwood.manifest.state.CheckpointCodec;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.server.log.ReadRequest;
import io.cordwood.server.log.RecordPage;
import io.cordwood.server.log.TopicDescription;
import io.cordwood.server.node.Node;
import io.cordwood.simulation.process.Diligence;
import io.cordwood.simulation.process.Disk;
import io.cordwood.simulation.process.Fleet;
import io.cordwood.simulation.process.NodeProcess;
import io.cordwood.simulation.process.NodeProcess.DiskFate;
import io.cordwood.simulation.truth.Content;
import io.cordwood.simulation.truth.PartitionTruth;
import io.cordwood.simulation.truth.PartitionTruth.Placed;
import io.cordwood.simulation.work.Topics;
import io.cordwood.simulation.world.World;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must hold when the faults are over and everybody had time to recover. */
final class Audit {

    /** Longer than an append may take, with all its waits. */
    private static final Duration RECOVERY_MAX = Duration.ofSeconds(90);

    private static final Duration SERVICE_TIME = Duration.ofSeconds(8);
    private static final Duration START_MAX = Duration.ofSeconds(60);
    private static final Duration READ_MAX = Duration.ofSeconds(10);
    private static final int PAGE_BYTES = 200_000;

    private final World world;
    private final Fleet fleet;

    Audit(World world, Fleet fleet) {
        this.world = world;
        this.fleet = fleet;
    }

    /** Goes through everything, starting processes where it needs them. */
    void run() {
        new IdleTime(world, fleet).pass();
        serviceComesBack();
        world.rest();
        world.passUntil(this::isSettled, RECOVERY_MAX);
        everythingIsAnswered();
        noTransactionIsOpen();
        everybodyKnowsTheTruth();
        fleet.crashAll(DiskFate.KEPT);
        checkpointsAreTheFold();
        fleet.freeDisks().forEach(this::whatADiskHoldsIsFinished);
        everythingIsReadBack();
        nothingIsLeftOver();
    }

    /**
     * Whatever happened before, processes that start now take records, all of them, and keep all
     * that they take.
     */
    private void serviceComesBack() {
        fleet.crashAll(DiskFate.KEPT);
        List<NodeProcess> started = fleet.freeDisks().stream().map(fleet::start).toList();
        world.passUntil(() -> started.stream().allMatch(NodeProcess::serves), START_MAX);
        started.forEach(this::checkStarted);
        long notStored = world.ledger().notStored();
        List<TopicState> topics = new ArrayList<>();
        world.truth().state().topics().forEach(topics::add);
        world.time().advance(SERVICE_TIME);
        boolean lasts = topics.stream().anyMatch(this::isThere);
        started.forEach(process -> world.judge().check(
                !lasts || world.ledger().stored(process.life()) > 0,
                "the service comes back: nothing was stored by %s", process));
        world.judge().check(world.ledger().notStored() == notStored,
                "the service comes back: %d records were not stored",
                world.ledger().notStored() - notStored);
    }

    /** Whether nothing is under way any more. */
    private boolean isSettled() {
        long last = world.truth().state().sequence();
        return world.promised().isEmpty() && world.truth().transactions().open().isEmpty()
                && fleet.serving().stream().map(Fleet::nodeOf)
                        .allMatch(node -> node.state().sequence() == last
                                && node.statistics().heldBytes() == 0);
    }

    private boolean isThere(TopicState topic) {
        return world.truth().state().topic(topic.name())
                .filter(now -> now.id().equals(topic.id())).isPresent();
    }

    private void everythingIsAnswered() {
        world.promised().forEach(promised -> world.judge().check(
                fleet.alive().stream().noneMatch(process -> process.life() == promised.life()),
                "whatever is asked for is answered in time: %s is not", promised));
    }

    /** Whoever left one open is silent for longer than any may stay open. */
    private void noTransactionIsOpen() {
        world.judge().check(world.truth().transactions().open().isEmpty(),
                "no transaction stays open: %s is", world.truth().transactions().open());
    }

    private void everybodyKnowsTheTruth() {
        new Concord(world, fleet).checkRoles();
        fleet.serving().forEach(process -> {
            Node node = Fleet.nodeOf(process);
            agrees(process.toString(), node.state(), world.truth().state());
            world.judge().check(node.statistics().heldBytes() == 0,
                    "what is answered is held no more: %d bytes are held by %s",
                    node.statistics().heldBytes(), process);
        });
    }

    private void checkpointsAreTheFold() {
        for (ObjectPage.Entry listed : world.memory()
                .list(Listing.of(BucketLayout.CHECKPOINT_PREFIX)).result().objects()) {
            long sequence = BucketLayout.sequence(listed.key());
            ByteBuffer bytes = world.memory().read(listed.key(), CheckpointCodec.SIZE_MAX).result()
                    .orElseThrow();
            agrees("checkpoint " + sequence, CheckpointCodec.decode(sequence, bytes),
                    world.truth().stateAt(sequence));
        }
    }

    /** Whoever starts on a disk finishes what was begun on it, and agrees with everybody else. */
    private void whatADiskHoldsIsFinished(Disk disk) {
        NodeProcess process = fleet.start(disk);
        serving(process).ifPresent(node -> {
            world.judge().check(disk.files().isEmpty(),
                    "a start finishes what was begun: %s is left",
                    disk.files());
            agrees("a restarted process", node.state(), world.truth().state());
        });
        process.crash(DiskFate.KEPT);
    }

    private void everythingIsReadBack() {
        Optional<NodeProcess> process = fleet.start();
        process.flatMap(this::serving).ifPresent(node -> {
            for (TopicState topic : world.truth().state().topics()) {
                for (int partition = 0; partition < topic.partitionCount(); partition++) {
                    readBack(node, topic, partition);
                }
            }
        });
    }

    private void nothingIsLeftOver() {
        fleet.crashAll(DiskFate.KEPT);
        NodeProcess tidy = fleet.start(fleet.freeDisks().getFirst(), Diligence.MERGES);
        serving(tidy).ifPresent(new Leftovers(world)::check);
    }

    private void readBack(Node node, TopicState topic, int partition) {
        List<Placed> found = new ArrayList<>();
        PartitionTruth truth = world.truth().partition(new PartitionId(topic.id(), partition));
        long next = startOffset(node, topic, partition);
        while (next < truth.end()) {
            Future<RecordPage> page = node.log().read(topic.name(), partition,
                    new ReadRequest(next, PAGE_BYTES, Duration.ZERO));
            world.passUntil(page::isComplete, READ_MAX);
            long start = startOffset(node, topic, partition);
            if (start > next) {
                next = start;
                continue;
            }
            if (!page.succeeded() || page.result().nextOffset() == next) {
                world.judge().check(false, "everything can be read: %s-%d at %d cannot (%s)",
                        topic.name(), partition, next, page);
                return;
            }
            next = page.result().nextOffset();
            page.result().records().stream()
                    .map(record -> new Placed(record.offset(), Content.of(record)))
                    .forEach(found::add);
        }
        long start = startOffset(node, topic, partition);
        found.removeIf(placed -> placed.offset() < start);
        List<Placed> expected = truth.committedBetween(start, truth.end());
        world.judge().check(Topics.isCompacted(topic.name())
                ? truth.mayLeave(expected, found)
                : found.equals(expected),
                "everything is read as it was stored: %s-%d is not", topic.name(), partition);
    }

    private static long startOffset(Node node, TopicState topic, int partition) {
        return node.state().partition(new PartitionId(topic.id(), partition))
                .map(PartitionState::startOffset).orElseThrow();
    }

    private Optional<Node> serving(NodeProcess process) {
        world.passUntil(() -> process.node().isPresent(), START_MAX);
        checkStarted(process);
        return process.node();
    }

    private void checkStarted(NodeProcess process) {
        world.judge().check(process.node().isPresent(), "a process starts in time: %s does not",
                process);
    }

    private void agrees(String who, ManifestState found, ManifestState truth) {
        world.judge().check(
                CheckpointCodec.encode(found).copy().equals(CheckpointCodec.encode(truth).copy()),
                "%s knows the truth: it is at %s, the truth at %s", who, found.position(),
                truth.position());
    }
}
