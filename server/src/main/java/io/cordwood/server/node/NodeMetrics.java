package io.cordwood.server.node;

import io.cordwood.cache.CacheStatistics;
import io.cordwood.cache.CachingObjectStore;
import io.cordwood.ingest.Ingest;
import io.cordwood.ingest.IngestStatistics;
import io.cordwood.manifest.follow.Follower;
import io.cordwood.query.Query;
import io.cordwood.server.observe.Metrics;
import java.util.function.ToDoubleFunction;

/** What a node shows of itself to whoever watches it. */
final class NodeMetrics {

    private NodeMetrics() {}

    static void register(Metrics metrics, Follower follower, Ingest ingest, Query query,
            CachingObjectStore cache) {
        metrics.gauge("cordwood.manifest.sequence", "The number of the last entry applied",
                follower,
                source -> source.state().sequence());
        metrics.gauge("cordwood.manifest.epoch", "The number of the last election", follower,
                source -> source.state().position().epoch());
        TierMetrics.register(metrics, follower);
        registerIngest(metrics, ingest);
        metrics.counter("cordwood.query.fetches", "Fetches that found something", query,
                source -> source.statistics().fetches());
        metrics.counter("cordwood.query.fetched.bytes", "Bytes of batches that were fetched",
                query, source -> source.statistics().bytes());
        registerCache(metrics, cache);
    }

    private static void registerIngest(Metrics metrics, Ingest ingest) {
        ingest.listen(metrics.timer("cordwood.ingest.acks",
                "How long appends took to be acknowledged, from when there was room for them")::accept);
        ingestCounter(metrics, ingest, "records", "Records that were acknowledged",
                all -> all.acks().records());
        ingestCounter(metrics, ingest, "record.bytes",
                "Bytes of batches that were acknowledged, as they came",
                all -> all.acks().bytes());
        ingestGauge(metrics, ingest, "held.bytes", "Bytes of appends that are not committed yet",
                IngestStatistics::heldBytes);
        ingestGauge(metrics, ingest, "segments.uploading", "Segments being uploaded",
                all -> all.segments().uploading());
        ingestGauge(metrics, ingest, "segments.committing", "Segments being committed",
                all -> all.segments().committing());
        ingestGauge(metrics, ingest, "wal.failing", "1 while the local WAL cannot be written",
                all -> all.wal().failing() ? 1 : 0);
        ingestCounter(metrics, ingest, "seals.size", "Segments sealed because they were full",
                all -> all.seals().bySize());
        ingestCounter(metrics, ingest, "seals.pace", "Segments sealed because it was time",
                all -> all.seals().byPace());
        ingestCounter(metrics, ingest, "seals.lull",
                "Segments sealed because nothing more came", all -> all.seals().byLull());
        ingestCounter(metrics, ingest, "inline", "Segments that travelled in a manifest entry",
                all -> all.deliveries().inline());
        ingestCounter(metrics, ingest, "uploaded", "Segments that were uploaded",
                all -> all.deliveries().uploaded());
        ingestCounter(metrics, ingest, "upload.retries", "Uploads that had to be repeated",
                all -> all.deliveries().uploadRetries());
        ingestCounter(metrics, ingest, "recovered", "Segments finished for an earlier process",
                IngestStatistics::recoveredSegments);
    }

    private static void registerCache(Metrics metrics, CachingObjectStore cache) {
        cacheGauge(metrics, cache, "memory.bytes", "Bytes of blocks in memory",
                all -> all.memory().bytes());
        cacheGauge(metrics, cache, "disk.bytes", "Bytes of blocks on disk",
                all -> all.disk().tier().bytes());
        cacheCounter(metrics, cache, "memory.hits", "Blocks found in memory",
                all -> all.memory().hits());
        cacheCounter(metrics, cache, "memory.misses", "Blocks not found in memory",
                all -> all.memory().misses());
        cacheCounter(metrics, cache, "disk.hits", "Blocks found on disk",
                all -> all.disk().tier().hits());
        cacheCounter(metrics, cache, "disk.corrupt", "Blocks on disk that were damaged and dropped",
                all -> all.disk().corruptBlocks());
        cacheCounter(metrics, cache, "bucket.gets", "Requests to the bucket for blocks",
                all -> all.bucket().gets());
        registerPeers(metrics, cache);
    }

    private static void registerPeers(Metrics metrics, CachingObjectStore cache) {
        cacheCounter(metrics, cache, "peers.reads",
                "Requests for blocks that other nodes have answered", all -> all.asked().reads());
        cacheCounter(metrics, cache, "peers.bytes", "Bytes of blocks that came from other nodes",
                all -> all.asked().bytes());
        cacheCounter(metrics, cache, "peers.fallbacks",
                "Requests for blocks that other nodes have not answered, so that the bucket had to",
                all -> all.asked().fallbacks());
        cacheCounter(metrics, cache, "served.reads",
                "Requests for blocks that were answered for other nodes",
                all -> all.served().reads());
        cacheCounter(metrics, cache, "served.bytes", "Bytes of blocks that went to other nodes",
                all -> all.served().bytes());
    }

    private static void ingestGauge(Metrics metrics, Ingest ingest, String name, String meaning,
            ToDoubleFunction<IngestStatistics> value) {
        metrics.gauge("cordwood.ingest." + name, meaning, ingest,
                source -> value.applyAsDouble(source.statistics()));
    }

    private static void ingestCounter(Metrics metrics, Ingest ingest, String name, String meaning,
            ToDoubleFunction<IngestStatistics> value) {
        metrics.counter("cordwood.ingest." + name, meaning, ingest,
                source -> value.applyAsDouble(source.statistics()));
    }

    private static void cacheGauge(Metrics metrics, CachingObjectStore cache, String name,
            String meaning, ToDoubleFunction<CacheStatistics> value) {
        metrics.gauge("cordwood.cache." + name, meaning, cache,
                source -> value.applyAsDouble(source.statistics()));
    }

    private static void cacheCounter(Metrics metrics, CachingObjectStore cache, String name,
            String meaning, ToDoubleFunction<CacheStatistics> value) {
        metrics.counter("cordwood.cache." + name, meaning, cache,
                source -> value.applyAsDouble(source.statistics()));
    }
}
