package io.cordwood.server.node;

import io.cordwood.cache.CachingObjectStore;
import io.cordwood.cluster.Cluster;
import io.cordwood.cluster.EntryListener;
import io.cordwood.manifest.commit.Commits;
import io.cordwood.manifest.commit.ProducerExpiry;
import io.cordwood.manifest.commit.TransactionExpiry;
import io.cordwood.manifest.follow.Checkpointer;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.manifest.follow.HeadProbe;
import io.cordwood.manifest.log.Backoff;
import io.cordwood.manifest.log.Boundary;
import io.cordwood.manifest.log.Checkpoints;
import io.cordwood.manifest.log.ClusterIdentity;
import io.cordwood.manifest.log.ManifestLog;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.EventLoop;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;

/** The manifest of a bucket, brought up to date, and this node among those that share it. */
record ManifestParts(ClusterIdentity identity, Follower follower, Cluster cluster) {

    private static final long NO_CHECKPOINT = -1;

    /** Where what is to become true is proposed. */
    Commits commits() {
        return cluster;
    }

    /** Reads the manifest, and finds its committer or becomes it. */
    static Future<ManifestParts> open(NodeEnvironment environment, CachingObjectStore store,
            NodeSettings settings) {
        EventLoop loop = environment.loop();
        Checkpoints checkpoints = new Checkpoints(store, environment.storeWorkers());
        return loop.confine(ClusterIdentity.open(store, environment.ids().get()))
                .compose(cluster -> loop.confine(start(store, checkpoints, NO_CHECKPOINT))
                        .map(start -> follow(environment, store, start, cluster)))
                .compose(following -> following.stand(environment, settings));
    }

    private static Following follow(NodeEnvironment environment, CachingObjectStore store,
            ManifestState start, ClusterIdentity cluster) {
        ManifestLog log = new ManifestLog(store, environment.loop(),
                Backoff.standard(environment.chance()));
        return new Following(cluster, log, new Follower(log, start, environment.loop()),
                new Checkpoints(store, environment.storeWorkers()),
                (sequence, object) -> store.remember(BucketLayout.logEntry(sequence), object));
    }

    /**
     * The newest checkpoint, provided that nothing after it was deleted. Where something was, there
     * is a newer one, unless this one was already looked for and not found: then the bucket is
     * broken.
     *
     * @param tried the newest checkpoint after which something was deleted
     */
    private static Future<ManifestState> start(ObjectStore store, Checkpoints checkpoints,
            long tried) {
        return checkpoints.newest().compose(state -> new Boundary(store).read()
                .compose(boundary -> {
                    if (boundary <= state.sequence()) {
                        return Future.succeededFuture(state);
                    }
                    return state.sequence() > tried
                            ? start(store, checkpoints, state.sequence())
                            : Future.failedFuture(new CorruptException("entries up to " + boundary
                                    + " were deleted, but the newest checkpoint is "
                                    + state.sequence() + ": restore manifest/checkpoint"));
                }));
    }

    /**
     * A manifest that is followed, before its committer is known.
     *
     * @param entries remembers the records that others have written into the log, for readers
     */
    private record Following(ClusterIdentity identity, ManifestLog log, Follower follower,
            Checkpoints checkpoints, EntryListener entries) {

        Future<ManifestParts> stand(NodeEnvironment environment, NodeSettings settings) {
            EventLoop loop = environment.loop();
            Cluster cluster = new Cluster(new Cluster.Parts(follower, log, loop,
                    environment.lines().apply(identity.id()), entries, environment.ids(),
                    Backoff.standard(environment.chance())));
            follower.listen(new Checkpointer(checkpoints, loop, cluster::isCommitter,
                    settings.checkpoints()));
            new HeadProbe(follower, loop).start();
            new ProducerExpiry(follower, cluster, loop).start();
            new TransactionExpiry(follower, cluster, loop, environment.ids()).start();
            return cluster.start().map(new ManifestParts(identity, follower, cluster));
        }
    }
}
