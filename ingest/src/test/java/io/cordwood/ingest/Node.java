package io.cordwood.ingest;

import io.cordwood.ingest.wal.MemoryWalDisk;
import io.cordwood.ingest.wal.Wal;
import io.cordwood.manifest.commit.Candidate;
import io.cordwood.manifest.commit.Committer;
import io.cordwood.manifest.commit.CreateTopic;
import io.cordwood.manifest.commit.DeleteTopic;
import io.cordwood.manifest.commit.Proposal;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.log.Backoff;
import io.cordwood.manifest.log.ManifestLog;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.DirectWorkers;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.runtime.Workers;
import io.cordwood.store.batch.BatchLimits;
import io.cordwood.store.batch.ValidBatch;
import io.cordwood.store.layout.ObjectId;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;

/** One life of a process: ingest, and the real parts that it stands on. */
final class Node {

    private static final TopicName TOPIC = new TopicName("events");

    private final ManualEventLoop time;
    private final MortalLoop loop;
    final Follower follower;
    final Committer committer;
    final Wal wal;
    final Ingest ingest;
    private final Random chance;

    Node(ObjectStore store, MemoryWalDisk disk, ManualEventLoop time, Lifetime lifetime) {
        this.time = time;
        this.loop = new MortalLoop(time);
        this.chance = new Random(lifetime.seed());
        Backoff backoff = Backoff.standard(chance);
        ManifestLog log = new ManifestLog(store, loop, backoff);
        follower = new Follower(log, ManifestState.EMPTY, loop);
        committer = new Committer(follower, log, loop,
                new Candidate(id(), "node-" + lifetime.seed()), this::id);
        wal = new Wal(disk.open(), loop, lifetime.workers(), BatchLimits.STANDARD);
        ingest = new Ingest(
                new IngestPorts(loop, store, committer, follower,
                        () -> ObjectId.of(follower.state().sequence(), id()), backoff),
                wal,
                lifetime.settings());
    }

    private UUID id() {
        return new UUID(chance.nextLong(), chance.nextLong());
    }

    /** Becomes the committer, and begins to recover. */
    Future<Void> begin() {
        return committer.elect().compose(elected -> ingest.start());
    }

    /** Becomes the committer, and takes appends. */
    Node started() {
        time.await(begin());
        return this;
    }

    /** Creates the topic and names its first partition. */
    PartitionId createTopic() {
        return new PartitionId(time.await(committer.commit(new CreateTopic(id(), TOPIC, 4))), 0);
    }

    void deleteTopic() {
        commit(new DeleteTopic(TOPIC));
    }

    void commit(Proposal<?> proposal) {
        time.await(committer.commit(proposal));
    }

    Future<Appended> append(PartitionId partition, ValidBatch batch) {
        return ingest.append(partition, batch);
    }

    /** Appends as a thread that is not the loop's would. */
    Future<Appended> appendFromOutside(PartitionId partition, ValidBatch batch) {
        return loop.fromOutside(() -> ingest.append(partition, batch));
    }

    void pass(long millis) {
        time.advance(Duration.ofMillis(millis));
    }

    /** Ends the process as a power switch does. What it sent is still on its way. */
    void kill() {
        loop.kill();
    }

    /** Lets everything run that is ready, and no time pass. */
    void runReady() {
        time.runReady();
    }

    <T> T await(Future<T> future) {
        return time.await(future);
    }

    /** How many bytes of the buffer an append takes. */
    static long cost(ValidBatch batch) {
        return (long) batch.size() + Intake.APPEND_COST_BYTES;
    }

    /** What differs between one life and another. */
    record Lifetime(int seed, IngestSettings settings, Workers workers) {

        Lifetime(int seed) {
            this(seed, IngestSettings.STANDARD, new DirectWorkers());
        }

        Lifetime with(IngestSettings other) {
            return new Lifetime(seed, other, workers);
        }

        Lifetime with(Workers other) {
            return new Lifetime(seed, settings, other);
        }
    }
}
