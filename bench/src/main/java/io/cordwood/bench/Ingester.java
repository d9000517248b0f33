package io.cordwood.bench;

import io.cordwood.cluster.Cluster;
import io.cordwood.manifest.commit.Cargo;
import io.cordwood.manifest.commit.CommitSegment;
import io.cordwood.manifest.commit.Proposal;
import io.cordwood.manifest.commit.TakeWal;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.log.Backoff;
import io.cordwood.manifest.log.ManifestLog;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.EventLoop;
import io.cordwood.server.cluster.ClusterServer;
import io.cordwood.server.cluster.GrpcLines;
import io.cordwood.server.vertx.VertxEventLoop;
import io.cordwood.store.batch.TimestampRange;
import io.cordwood.store.layout.ObjectId;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.SegmentRun;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** A node of which there is only what commits: as if it had uploaded segment after segment. */
final class Ingester {

    static final int PARTITIONS = 100;
    static final int RUNS = 20;

    private static final String HOST = "127.0.0.1";
    private static final UUID CLUSTER = new UUID(1, 1);
    private static final int ON_THEIR_WAY = 4;
    private static final int RUN_BYTES = 100_000;

    private final EventLoop loop;
    private final Cluster cluster;
    private final Follower follower;
    private final UUID wal = UUID.randomUUID();
    private final Random chance = new Random(wal.hashCode());
    private long number;
    private volatile Optional<Latencies> latencies = Optional.empty();

    private Ingester(EventLoop loop, Cluster cluster, Follower follower) {
        this.loop = loop;
        this.cluster = cluster;
        this.follower = follower;
    }

    /** Starts one, which finds the committer or is it. */
    static Ingester start(Vertx vertx, Store store) {
        EventLoop network = VertxEventLoop.start(vertx, Throwable::printStackTrace).await();
        EventLoop loop = VertxEventLoop.start(vertx, Throwable::printStackTrace).await();
        ClusterServer server = ClusterServer.start(vertx, network, HOST, 0).await();
        GrpcLines lines = new GrpcLines(vertx,
                new GrpcLines.Here(server, network, HOST + ":" + server.port()), CLUSTER, loop);
        Backoff backoff = Backoff.standard(new Random(1));
        ManifestLog log = new ManifestLog(store.of(loop), loop, backoff);
        Follower follower = new Follower(log, ManifestState.EMPTY, loop);
        Cluster cluster = new Cluster(new Cluster.Parts(follower, log, loop, lines,
                (sequence, object) -> {}, UUID::randomUUID, backoff));
        loop.submit(cluster::start).await();
        return new Ingester(loop, cluster, follower);
    }

    <T> Future<T> commit(Proposal<T> proposal) {
        return loop.submit(() -> cluster.commit(proposal));
    }

    /** Commits segments from now on, with records of a topic. */
    void begin(UUID topic) {
        commit(new TakeWal(wal, cluster.process())).await();
        for (int i = 0; i < ON_THEIR_WAY; i++) {
            loop.execute(() -> commitNext(topic));
        }
    }

    /** From now on what each commit takes is added. */
    void measure(Latencies added) {
        latencies = Optional.of(added);
    }

    private void commitNext(UUID topic) {
        number++;
        long begun = loop.nanoTime();
        cluster.commit(new CommitSegment(wal, cluster.process(), number, cargo(topic)))
                .onSuccess(done -> {
                    latencies.ifPresent(added -> added.add(loop.nanoTime() - begun));
                    commitNext(topic);
                }).onFailure(Throwable::printStackTrace);
    }

    private Cargo cargo(UUID topic) {
        List<SegmentRun> runs = new ArrayList<>();
        int first = chance.nextInt(PARTITIONS - RUNS);
        for (int i = 0; i < RUNS; i++) {
            runs.add(new SegmentRun(new PartitionId(topic, first + i), (long) i * RUN_BYTES,
                    RUN_BYTES, 10, 0, 1_000, new TimestampRange(1, 2), 0));
        }
        return new Cargo.Uploaded(
                ObjectId.of(follower.state().sequence(), UUID.randomUUID()),
                new ByteRange((long) RUNS * RUN_BYTES, 2_000), runs,
                Collections.nCopies(RUNS, List.of()));
    }

    /** The store as a node sees it. */
    interface Store {

        ObjectStore of(EventLoop loop);
    }
}
