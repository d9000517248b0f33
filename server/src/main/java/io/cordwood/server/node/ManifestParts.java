package io.cordwood.server.node;

import io.cordwood.manifest.commit.Candidate;
import io.cordwood.manifest.commit.Committer;
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
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;

/** The manifest of a bucket, brought up to date, and the committer that this node is of it. */
record ManifestParts(ClusterIdentity cluster, Follower follower, Committer committer) {

    private static final long NO_CHECKPOINT = -1;

    /** Reads the manifest and takes over its commit. */
    static Future<ManifestParts> open(NodeEnvironment environment, ObjectStore store,
            NodeSettings settings) {
        EventLoop loop = environment.loop();
        Checkpoints checkpoints = new Checkpoints(store, environment.storeWorkers());
        return loop.confine(ClusterIdentity.open(store, environment.ids().get()))
                .compose(cluster -> loop.confine(start(store, checkpoints, NO_CHECKPOINT))
                        .map(start -> follow(environment, store, start, cluster)))
                .compose(following -> following.stand(environment, settings));
    }

    private static Following follow(NodeEnvironment environment, ObjectStore store,
            ManifestState start, ClusterIdentity cluster) {
        ManifestLog log = new ManifestLog(store, environment.loop(),
                Backoff.standard(environment.chance()));
        return new Following(cluster, log, new Follower(log, start, environment.loop()),
                new Checkpoints(store, environment.storeWorkers()));
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

    /** A manifest that is followed, before this node stands for its committer. */
    private record Following(ClusterIdentity cluster, ManifestLog log, Follower follower,
            Checkpoints checkpoints) {

        Future<ManifestParts> stand(NodeEnvironment environment, NodeSettings settings) {
            EventLoop loop = environment.loop();
            Candidate self = new Candidate(environment.ids().get(), settings.address());
            Committer committer = new Committer(follower, log, loop, self, environment.ids());
            follower.listen(new Checkpointer(checkpoints, loop, committer::isCommitter,
                    settings.checkpoints()));
            new HeadProbe(follower, loop).start();
            new ProducerExpiry(follower, committer, loop).start();
            new TransactionExpiry(follower, committer, loop, environment.ids()).start();
            return committer.elect().map(new ManifestParts(cluster, follower, committer));
        }
    }
}
