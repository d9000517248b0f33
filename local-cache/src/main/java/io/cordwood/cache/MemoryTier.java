package io.cordwood.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cordwood.store.object.ObjectKey;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;

/**
 * The blocks in memory and those under way to it, in one map, so that a block is loaded once for
 * all who wait and forgotten wherever it is. Blocks that are asked for again and again survive a
 * scan (W-TinyLFU), and those that came last are kept beside them until they were asked for. A
 * block under way weighs nothing and is never evicted.
 */
final class MemoryTier {

    /** What a block takes beside its bytes: key, future, array header, the cache's own entry. */
    private static final int ENTRY_BYTES = 256;

    /** The share of memory for the blocks that came last, such as what replays have read ahead. */
    private static final int NEWEST_SHARE = 6;

    private final Cache<BlockKey, Future<Block>> blocks;
    private final Newest<BlockKey, Block> newest;
    private final Generations generations;
    /** No block of a higher index was ever here. */
    private final LongAccumulator highestIndex = new LongAccumulator(Math::max, -1);
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder evictions = new LongAdder();

    MemoryTier(long bytesMax, Generations generations) {
        this.generations = generations;
        this.newest = new Newest<>(bytesMax / NEWEST_SHARE, MemoryTier::weigh);
        this.blocks = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumWeight(bytesMax - bytesMax / NEWEST_SHARE)
                .weigher(MemoryTier::weigh)
                .evictionListener((key, block, cause) -> evictions.increment())
                .build();
    }

    /**
     * The block, as it is remembered or being loaded. Empty if it is neither: then the given load
     * is now the one, and the caller has to {@link #complete} or {@link #fail} it.
     */
    Optional<Future<Block>> join(Load load) {
        highestIndex.accumulate(load.key().index());
        Future<Block> found = blocks.asMap().putIfAbsent(load.key(), load.future());
        if (found == null) {
            Optional<Block> kept = newest.find(load.key());
            if (kept.isEmpty()) {
                misses.increment();
                return Optional.empty();
            }
            complete(load, kept.get());
        }
        hits.increment();
        return Optional.of(found == null ? load.future() : found);
    }

    /** Remembers the block, unless it was forgotten meanwhile, and serves all who wait. */
    void complete(Load load, Block block) {
        blocks.asMap().computeIfPresent(load.key(), (key, there) -> there.equals(load.future())
                ? newest.keep(key, Future.succeededFuture(block))
                : there);
        load.promise().complete(block);
    }

    /** Remembers nothing, so that whoever asks next tries again, and tells all who wait. */
    void fail(Load load, Throwable cause) {
        blocks.asMap().remove(load.key(), load.future());
        load.promise().fail(cause);
    }

    /**
     * Remembers the first blocks of an object, if it is still of that generation. A block that is
     * under way stays so: it began in the same generation and brings the same bytes.
     */
    void remember(ObjectKey object, List<Block> content, long generation) {
        highestIndex.accumulate(content.size() - 1);
        for (int index = 0; index < content.size(); index++) {
            Future<Block> block = Future.succeededFuture(content.get(index));
            blocks.asMap().computeIfAbsent(new BlockKey(object, index),
                    key -> generations.of(object) == generation ? newest.keep(key, block) : null);
        }
    }

    /** Forgets the object's blocks, also those under way. Its generation has been moved before. */
    void forget(ObjectKey object) {
        long highest = highestIndex.get();
        if (highest > blocks.estimatedSize()) {
            blocks.asMap().keySet().removeIf(key -> key.object().equals(object));
        } else {
            for (long index = 0; index <= highest; index++) {
                blocks.asMap().remove(new BlockKey(object, index));
            }
        }
        // After the others, because a block is kept while its place among them is held.
        newest.forget(key -> key.object().equals(object));
    }

    CacheStatistics.Tier statistics() {
        long bytes = blocks.policy().eviction().orElseThrow().weightedSize().orElseThrow();
        return new CacheStatistics.Tier(bytes + newest.bytesBeside(blocks.asMap().keySet()),
                hits.sum(), misses.sum(), evictions.sum());
    }

    /** What a block takes of the bound; nothing while it is under way. */
    static int weigh(BlockKey key, Future<Block> block) {
        return block.succeeded() ? ENTRY_BYTES + block.result().size() : 0;
    }
}
