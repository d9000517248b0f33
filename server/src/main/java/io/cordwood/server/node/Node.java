package io.cordwood.server.node;

import io.cordwood.cache.CacheSettings;
import io.cordwood.cache.CachingObjectStore;
import io.cordwood.ingest.Ingest;
import io.cordwood.ingest.IngestPorts;
import io.cordwood.ingest.IngestSettings;
import io.cordwood.ingest.wal.Wal;
import io.cordwood.ingest.wal.folder.FolderWalDirectory;
import io.cordwood.manifest.log.Backoff;
import io.cordwood.manifest.log.ClusterIdentity;
import io.cordwood.query.Query;
import io.cordwood.runtime.ByteBudget;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.LogException;
import io.cordwood.server.log.LocalRecordLog;
import io.cordwood.server.log.RecordLog;
import io.cordwood.server.observe.Metrics;
import io.cordwood.server.settings.ServerSettings;
import io.cordwood.store.batch.BatchLimits;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;

/** A running node: the log over a bucket, ready to be served by the edges. */
public final class Node {

    /** How much is asked for ahead of a replaying reader: hides one round trip to the bucket. */
    private static final int READ_AHEAD_BYTES = 8 << 20;

    private static final int WAITERS_MAX = 10_000;
    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    private final ManifestParts manifest;
    private final Ingest ingest;
    private final RecordLog log;

    private Node(ManifestParts manifest, Ingest ingest, RecordLog log) {
        this.manifest = manifest;
        this.ingest = ingest;
        this.log = log;
    }

    /**
     * Opens the log of a bucket, takes over its commit, and finishes what the last process on the
     * local directory began.
     *
     * @param bucket the store itself: it is metered and cached here
     * @return fails with what to do when the bucket or the directory cannot be used
     */
    public static Future<Node> open(NodeEnvironment environment, ServerSettings settings,
            ObjectStore bucket, Metrics metrics) {
        EventLoop loop = environment.loop();
        return loop.submit(() -> loop.confine(wal(environment, settings.local().resolve("wal")))
                .compose(wal -> loop.confine(cache(environment, settings, metrics.meter(bucket)))
                        .compose(store -> open(environment, settings, store, wal)
                                .onSuccess(node -> NodeMetrics.register(metrics,
                                        node.manifest.follower(), node.ingest, store)))));
    }

    private static Future<Wal> wal(NodeEnvironment environment, Path folder) {
        return environment.walWorkers()
                .call(() -> FolderWalDirectory.open(folder, environment.ids().get()))
                .map(directory -> new Wal(directory, environment.loop(),
                        environment.walWorkers(), BatchLimits.STANDARD));
    }

    private static Future<CachingObjectStore> cache(NodeEnvironment environment,
            ServerSettings settings, ObjectStore bucket) {
        return CachingObjectStore.open(bucket,
                new CacheSettings(settings.sizes().cacheMemory(), settings.sizes().cacheDisk()),
                settings.local().resolve("cache"), environment.storeWorkers(),
                environment.loop()::now);
    }

    private static Future<Node> open(NodeEnvironment environment, ServerSettings settings,
            ObjectStore store, Wal wal) {
        return ManifestParts.open(environment, store, settings.http().toString())
                .map(manifest -> assemble(environment, settings, store, wal, manifest))
                .compose(node -> node.ingest.start().map(node));
    }

    private static Node assemble(NodeEnvironment environment, ServerSettings settings,
            ObjectStore store, Wal wal, ManifestParts manifest) {
        EventLoop loop = environment.loop();
        IngestPorts ports = new IngestPorts(loop, store, manifest.committer(),
                manifest.follower(), environment.ids(), Backoff.standard(environment.chance()));
        Ingest ingest = new Ingest(ports, wal, ingestSettings(settings));
        Query query = new Query(manifest.follower(), loop, store, READ_AHEAD_BYTES);
        LocalRecordLog log = new LocalRecordLog(
                new LocalRecordLog.Parts(loop, manifest.follower(), manifest.committer(), ingest,
                        query),
                new LocalRecordLog.Budgets(budget(loop, settings.sizes().requests()),
                        budget(loop, settings.sizes().reads())),
                environment.ids());
        return new Node(manifest, ingest, log);
    }

    private static IngestSettings ingestSettings(ServerSettings settings) {
        IngestSettings standard = IngestSettings.STANDARD;
        return new IngestSettings(settings.flushInterval(), standard.segmentSizeMaxBytes(),
                Math.max(settings.sizes().buffer(), standard.segmentSizeMaxBytes()),
                standard.uploadsMax(), standard.waitMax(), standard.appendTimeout());
    }

    private static ByteBudget budget(EventLoop loop, long bytesMax) {
        return new ByteBudget(loop, new ByteBudget.Settings(bytesMax, WAITERS_MAX, WAIT_MAX));
    }

    /** The log, for the edges. */
    public RecordLog log() {
        return log;
    }

    /** Whose bucket it is. */
    public ClusterIdentity cluster() {
        return manifest.cluster();
    }

    /**
     * Complete when this node serves no more, with the reason: a
     * {@link io.cordwood.runtime.FencedException} when another process has taken over.
     */
    public Future<LogException> stopped() {
        return ingest.stopped();
    }

    /** Writes what is held to the bucket and stops. */
    public Future<Void> close() {
        return ingest.close();
    }
}
