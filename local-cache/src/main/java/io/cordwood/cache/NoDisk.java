package io.cordwood.cache;

import io.cordwood.store.object.ObjectKey;
import io.vertx.core.Future;
import java.util.Optional;

/** The disk tier of a cache that has none. */
record NoDisk() implements DiskTier {

    @Override
    public boolean holds(BlockKey key) {
        return false;
    }

    @Override
    public Future<Optional<Block>> read(BlockKey key) {
        return Future.succeededFuture(Optional.empty());
    }

    @Override
    public void offer(BlockKey key, Block block, long generation) {
        // Nothing to remember it on.
    }

    @Override
    public Future<Void> forget(ObjectKey object) {
        return Future.succeededFuture();
    }

    @Override
    public CacheStatistics.Disk statistics() {
        return new CacheStatistics.Disk(new CacheStatistics.Tier(0, 0, 0, 0), 0, 0);
    }
}
