package io.cordwood.cache;

import io.cordwood.store.object.ObjectKey;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Blocks that outlive the process. No method ever fails: a tier that cannot help has nothing.
 */
interface DiskTier {

    /** Whether {@link #read} of the block is worth trying. */
    boolean holds(BlockKey key);

    /** The block, if it is there and is what was once written. */
    Future<Optional<Block>> read(BlockKey key);

    /**
     * Writes the block in the background, unless too many wait already.
     *
     * @param generation of the object, taken before the block was asked for; if it has moved, the
     *        block is not remembered
     */
    void offer(BlockKey key, Block block, long generation);

    /**
     * Forgets the object's blocks at once. Its generation has been moved before.
     *
     * @return completes when no restart can bring the blocks back
     */
    Future<Void> forget(ObjectKey object);

    CacheStatistics.Disk statistics();
}
