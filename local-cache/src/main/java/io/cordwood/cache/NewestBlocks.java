package io.cordwood.cache;

import io.cordwood.store.object.ObjectKey;
import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The blocks that came last, whatever is asked for besides: first in, first out. A memory full of
 * blocks that were used before refuses each new one at once; but what was just written, or loaded
 * ahead of a reader, is about to be asked for the first time.
 */
final class NewestBlocks {

    private final long bytesMax;
    private final Map<BlockKey, Future<Block>> blocks = new ConcurrentHashMap<>();
    private final Queue<BlockKey> oldestFirst = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    /** Keeps so many bytes at most, each block with what it takes beside its own. */
    NewestBlocks(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Keeps a block, which is complete, until enough others came after it. Returns it. */
    Future<Block> keep(BlockKey key, Future<Block> block) {
        int weight = MemoryTier.weigh(key, block);
        if (weight <= bytesMax && blocks.putIfAbsent(key, block) == null) {
            bytes.addAndGet(weight);
            oldestFirst.add(key);
            dropOldest();
        }
        return block;
    }

    /** The block, if it is kept. */
    Optional<Block> find(BlockKey key) {
        return Optional.ofNullable(blocks.get(key)).map(Future::result);
    }

    /** Drops the object's blocks. */
    void forget(ObjectKey object) {
        blocks.keySet().stream().filter(key -> key.object().equals(object)).toList()
                .forEach(key -> {
                    oldestFirst.remove(key);
                    drop(key);
                });
    }

    /** The bytes of what is kept here and nowhere else. */
    long bytesBeside(Set<BlockKey> elsewhere) {
        return blocks.entrySet().stream().filter(kept -> !elsewhere.contains(kept.getKey()))
                .mapToLong(kept -> MemoryTier.weigh(kept.getKey(), kept.getValue())).sum();
    }

    private void dropOldest() {
        while (bytes.get() > bytesMax && !oldestFirst.isEmpty()) {
            Optional.ofNullable(oldestFirst.poll()).ifPresent(this::drop);
        }
    }

    private void drop(BlockKey key) {
        Optional.ofNullable(blocks.remove(key))
                .ifPresent(block -> bytes.addAndGet(-MemoryTier.weigh(key, block)));
    }
}
