package io.cordwood.manifest;

import io.cordwood.manifest.commit.Candidate;
import io.cordwood.manifest.commit.Cargo;
import io.cordwood.manifest.commit.CommitSegment;
import io.cordwood.manifest.commit.Committer;
import io.cordwood.manifest.commit.CreateTopic;
import io.cordwood.manifest.commit.Proposal;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.log.Backoff;
import io.cordwood.manifest.log.Checkpoints;
import io.cordwood.manifest.log.ManifestLog;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.WalState;
import io.cordwood.runtime.DirectWorkers;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.Segment;
import io.cordwood.store.segment.SegmentForge;
import io.vertx.core.Future;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/**
 * The manifest of one process: it began from the newest checkpoint of the bucket, follows the log
 * and can commit. Several on one store and one loop are the processes of a cluster.
 */
public final class ManifestFixture {

    private final ManualEventLoop loop;
    private final SeededIds ids;
    private final Candidate self;
    private final UUID wal;
    private final ManifestLog log;
    private final Checkpoints checkpoints;
    private final Follower follower;
    private final Committer committer;
    private long walNumber;

    private ManifestFixture(ObjectStore store, ManualEventLoop loop, long seed) {
        Random random = new Random(seed);
        this.loop = loop;
        this.ids = new SeededIds(random);
        this.self = new Candidate(ids.get(), "process-" + seed);
        this.wal = ids.get();
        this.log = new ManifestLog(store, loop, Backoff.standard(random));
        this.checkpoints = new Checkpoints(store, new DirectWorkers());
        ManifestState start = loop.await(loop.confine(checkpoints.newest()));
        this.follower = new Follower(log, start, loop);
        this.committer = new Committer(follower, log, loop, self, ids);
    }

    /** A process that has begun and done nothing else. Another seed makes it another process. */
    public static ManifestFixture open(ObjectStore store, ManualEventLoop loop, long seed) {
        return new ManifestFixture(store, loop, seed);
    }

    /** A process that is the committer. */
    public static ManifestFixture elected(ObjectStore store, ManualEventLoop loop, long seed) {
        ManifestFixture fixture = open(store, loop, seed);
        fixture.elect();
        return fixture;
    }

    /** Makes this process the committer. */
    public void elect() {
        loop.await(committer.elect());
    }

    /** Proposes, and lets time pass until the answer is there. */
    public <T> T commit(Proposal<T> proposal) {
        return loop.await(committer.commit(proposal));
    }

    /** Creates a topic, and gives its id. */
    public UUID createTopic(String name, int partitions) {
        return commit(new CreateTopic(ids.get(), new TopicName(name), partitions));
    }

    /** A small segment with a batch of so many records for each partition. */
    public Segment segment(int records, PartitionId... partitions) {
        return SegmentForge.segment(ids.get(), List.of(partitions), records);
    }

    /** What commits the segment, inline, as the next of this process's local WAL. */
    public CommitSegment inline(Segment segment) {
        walNumber++;
        return new CommitSegment(wal, WalState.NOBODY, walNumber, new Cargo.Enclosed(segment));
    }

    /** Commits a small segment inline, and gives the offset of its first record. */
    public long append(PartitionId partition, int records) {
        long base = nextOffset(partition);
        commit(inline(segment(records, partition)));
        return base;
    }

    /** The offset that the next record of the partition gets, as far as this process knows. */
    public long nextOffset(PartitionId partition) {
        return state().partition(partition).map(PartitionState::nextOffset).orElseThrow();
    }

    /** Applies what others wrote. */
    public ManifestState catchUp() {
        return loop.await(follower.catchUp());
    }

    /** The outcome of something proposed earlier, once it is there. */
    public <T> T await(Future<T> future) {
        return loop.await(future);
    }

    public ManifestState state() {
        return follower.state();
    }

    public Candidate self() {
        return self;
    }

    /** The identity of the local WAL for which segments are committed. */
    public UUID wal() {
        return wal;
    }

    public SeededIds ids() {
        return ids;
    }

    public ManifestLog log() {
        return log;
    }

    public Checkpoints checkpoints() {
        return checkpoints;
    }

    public Follower follower() {
        return follower;
    }

    public Committer committer() {
        return committer;
    }
}
