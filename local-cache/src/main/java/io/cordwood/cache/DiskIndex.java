package io.cordwood.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cordwood.store.object.ObjectKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Which block is in which file, bounded by what the files take. A file that is not here may be on
 * disk, but is never read. Blocks that are asked for again and again survive a scan (W-TinyLFU).
 */
final class DiskIndex {

    private final Cache<BlockName, BlockFile> files;
    private final Generations generations;
    /** No block of a higher index was ever here. */
    private final LongAccumulator highestIndex = new LongAccumulator(Math::max, -1);
    private final Queue<BlockFile> evicted = new ConcurrentLinkedQueue<>();
    private final LongAdder evictions = new LongAdder();

    DiskIndex(long bytesMax, Generations generations) {
        this.generations = generations;
        this.files = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumWeight(bytesMax)
                .weigher((BlockName name, BlockFile file) -> file.diskBytes())
                .evictionListener((name, file, cause) -> evict(file))
                .build();
    }

    boolean holds(BlockName name) {
        return files.asMap().containsKey(name);
    }

    /** The file of that block, which is thereby used. */
    Optional<BlockFile> find(BlockName name) {
        return Optional.ofNullable(files.getIfPresent(name));
    }

    /**
     * Adds a file, unless the block is here already or the object is no longer of that generation.
     *
     * @return whether it was added; it may be evicted at once
     */
    boolean add(BlockFile file, ObjectKey object, long generation) {
        highestIndex.accumulate(file.name().index());
        BlockFile known = files.asMap().computeIfAbsent(file.name(),
                name -> generations.of(object) == generation ? file : null);
        return file.equals(known);
    }

    /** Adds a file that was here before the restart. */
    void restore(BlockFile file) {
        highestIndex.accumulate(file.name().index());
        files.put(file.name(), file);
    }

    /** Removes a file, if it is still the one of its block. */
    void remove(BlockFile file) {
        files.asMap().remove(file.name(), file);
    }

    /** Removes the files of all blocks of the object, and returns them. */
    List<BlockFile> removeAll(ObjectKey object) {
        List<BlockFile> removed = new ArrayList<>();
        for (BlockName name : names(object)) {
            BlockFile file = files.asMap().remove(name);
            if (file != null) {
                removed.add(file);
            }
        }
        return removed;
    }

    /** The files that were evicted to keep the bound since they were last asked for. */
    List<BlockFile> takeEvicted() {
        List<BlockFile> taken = new ArrayList<>();
        for (BlockFile file = evicted.poll(); file != null; file = evicted.poll()) {
            taken.add(file);
        }
        return taken;
    }

    /** What the files take now. */
    long bytes() {
        return files.policy().eviction().orElseThrow().weightedSize().orElseThrow();
    }

    /** How many files were evicted. */
    long evictions() {
        return evictions.sum();
    }

    /** Caffeine has no value only where values are weakly held, which they are not here. */
    private void evict(@Nullable BlockFile file) {
        evictions.increment();
        evicted.add(Objects.requireNonNull(file));
    }

    /** The names that blocks of the object can have here. */
    private List<BlockName> names(ObjectKey object) {
        BlockName first = BlockName.ofFirst(object);
        long highest = highestIndex.get();
        if (highest > files.estimatedSize()) {
            return files.asMap().keySet().stream().filter(first::isSameObject).toList();
        }
        return LongStream.rangeClosed(0, highest).mapToObj(first::at).toList();
    }
}
