package io.cordwood.server.node;

import io.cordwood.cache.CacheSettings;
import io.cordwood.cache.CachingObjectStore;
import io.cordwood.ingest.wal.WalDirectory;
import io.cordwood.ingest.wal.folder.FolderWalDirectory;
import io.cordwood.runtime.EventLoop;
import io.cordwood.server.settings.ServerSettings;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;

/**
 * Where a node keeps bytes.
 *
 * @param bucket the store itself, for what is read once
 * @param store the same, seen through the cache
 * @param wal the directory of the local WAL, which nobody else uses
 */
public record NodeStorage(ObjectStore bucket, CachingObjectStore store, WalDirectory wal) {

    /**
     * Opens the local directory of a server, which is made if it is not there.
     *
     * @return fails with what to do when it cannot be used
     */
    public static Future<NodeStorage> open(NodeEnvironment environment, ServerSettings settings,
            ObjectStore bucket) {
        EventLoop loop = environment.loop();
        return loop.confine(environment.walWorkers().call(() -> FolderWalDirectory
                .open(settings.local().resolve("wal"), environment.ids().get())))
                .compose(wal -> loop.confine(cache(environment, settings, bucket))
                        .map(store -> new NodeStorage(bucket, store, wal)));
    }

    private static Future<CachingObjectStore> cache(NodeEnvironment environment,
            ServerSettings settings, ObjectStore bucket) {
        return CachingObjectStore.open(bucket,
                new CacheSettings(settings.sizes().cacheMemory(), settings.sizes().cacheDisk()),
                settings.local().resolve("cache"), environment.storeWorkers(),
                environment.loop()::now);
    }
}
