package io.cordwood.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.Workers;
import io.cordwood.store.object.ObjectKey;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.LongStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Blocks in a directory of files, found through an index in memory. Blocks are written in the
 * background and never waited for. Blocks that are asked for again and again survive a scan, as in
 * memory; after a restart those that were used last are the most valued.
 */
final class DirectoryTier implements DiskTier {

    private static final Logger LOG = LoggerFactory.getLogger(DirectoryTier.class);

    /** The most bytes that may wait to be written: they are held in memory meanwhile. */
    private static final long QUEUE_BYTES_MAX = 32L << 20;

    /** The share of the tier's bytes that what waits to be written may take, if that is less. */
    private static final int QUEUE_SHARE = 8;

    /** After a write that failed so many blocks go unwritten, so that a full disk is not worn out. */
    private static final int SKIPPED_AFTER_FAILURE = 256;

    private final BlockDirectory directory;
    private final Workers workers;
    private final Generations generations;
    private final long indexBytesMax;
    private final long queueBytesMax;
    private final Cache<BlockName, BlockFile> index;
    /** No block of a higher index was ever here. */
    private final LongAccumulator highestIndex = new LongAccumulator(Math::max, -1);
    private final Queue<BlockFile> evicted = new ConcurrentLinkedQueue<>();
    private final AtomicLong nextSerial = new AtomicLong();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicLong toSkip = new AtomicLong();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder evictions = new LongAdder();
    private final LongAdder corrupt = new LongAdder();
    private final LongAdder unwritten = new LongAdder();

    private DirectoryTier(BlockDirectory directory, long bytesMax, Workers workers,
            Generations generations) {
        this.directory = directory;
        this.workers = workers;
        this.generations = generations;
        this.queueBytesMax = Math.min(QUEUE_BYTES_MAX, bytesMax / QUEUE_SHARE);
        this.indexBytesMax = bytesMax - queueBytesMax;
        this.index = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumWeight(indexBytesMax)
                .weigher((BlockName name, BlockFile file) -> file.diskBytes())
                .evictionListener((name, file, cause) -> evict(file))
                .build();
    }

    /**
     * Opens the tier with the blocks that are in the directory.
     *
     * @param bytesMax what all files may take, those being written included
     * @return never fails: from a directory that cannot be read nothing is restored
     */
    static Future<DiskTier> open(BlockDirectory directory, long bytesMax, Workers workers,
            Generations generations) {
        DirectoryTier tier = new DirectoryTier(directory, bytesMax, workers, generations);
        return workers.call(tier::restore)
                .onFailure(failure -> LOG.warn("the cache directory {} cannot be read, the cache "
                        + "begins empty: check that it is a directory of this user", directory,
                        failure))
                .transform(done -> Future.succeededFuture(tier));
    }

    @Override
    public boolean holds(BlockKey key) {
        boolean held = index.asMap().containsKey(BlockName.of(key));
        if (!held) {
            misses.increment();
        }
        return held;
    }

    @Override
    public Future<Optional<Block>> read(BlockKey key) {
        return workers.call(() -> readOrDrop(key)).recover(failure -> {
            LOG.warn("block {} of {} was not read from {}", key.index(), key.object(), directory,
                    failure);
            return Future.succeededFuture(Optional.empty());
        });
    }

    @Override
    public void offer(BlockKey key, Block block, long generation) {
        if (block.size() == 0) {
            return;
        }
        int bytes = BlockFormat.headerBytes(key) + block.size();
        if (isSkipping() || !reserve(bytes)) {
            unwritten.increment();
            return;
        }
        workers.call(() -> write(key, block, generation)).onComplete(done -> {
            queuedBytes.addAndGet(-bytes);
            if (done.failed()) {
                skip(key, done.cause());
            }
        });
    }

    @Override
    public Future<Void> forget(ObjectKey object) {
        List<BlockFile> files = new ArrayList<>();
        for (BlockName name : names(object)) {
            BlockFile file = index.asMap().remove(name);
            if (file != null) {
                files.add(file);
            }
        }
        if (files.isEmpty()) {
            return Future.succeededFuture();
        }
        return workers.call(() -> deleteAll(files))
                .onFailure(failure -> LOG.warn("blocks of {} were not deleted from {}", object,
                        directory, failure))
                .otherwise(0)
                .mapEmpty();
    }

    @Override
    public CacheStatistics.Disk statistics() {
        long bytes = index.policy().eviction().orElseThrow().weightedSize().orElseThrow();
        return new CacheStatistics.Disk(
                new CacheStatistics.Tier(bytes, hits.sum(), misses.sum(), evictions.sum()),
                corrupt.sum(), unwritten.sum());
    }

    /** Takes over the files that were used last, as many as the bound allows, and deletes the others. */
    private int restore() throws IOException {
        Map<BlockName, BlockFile> kept = new LinkedHashMap<>();
        long bytes = 0;
        for (BlockFile file : directory.list().reversed()) {
            nextSerial.accumulateAndGet(file.serial() + 1, Math::max);
            if (bytes + file.diskBytes() <= indexBytesMax
                    && kept.putIfAbsent(file.name(), file) == null) {
                bytes += file.diskBytes();
            } else {
                delete(file);
            }
        }
        for (BlockFile file : List.copyOf(kept.values()).reversed()) {
            highestIndex.accumulate(file.name().index());
            index.put(file.name(), file);
        }
        return kept.size();
    }

    private Optional<Block> readOrDrop(BlockKey key) {
        BlockName name = BlockName.of(key);
        BlockFile file = index.getIfPresent(name);
        if (file == null) {
            misses.increment();
            return Optional.empty();
        }
        try {
            Block block = directory.read(file, key);
            hits.increment();
            return Optional.of(block);
        } catch (CorruptException failure) {
            corrupt.increment();
            LOG.warn("dropped {} from the cache in {}, it is fetched again: {}", file.fileName(),
                    directory, failure.getMessage());
        } catch (IOException failure) {
            if (!(failure instanceof NoSuchFileException)) {
                LOG.warn("dropped {} from the cache in {}, it is fetched again", file.fileName(),
                        directory, failure);
            }
        }
        misses.increment();
        index.asMap().remove(name, file);
        delete(file);
        return Optional.empty();
    }

    /** Writes the file, and then makes it known unless the object was changed meanwhile. */
    private boolean write(BlockKey key, Block block, long generation) throws IOException {
        if (generations.of(key.object()) != generation) {
            return false;
        }
        int bytes = BlockFormat.headerBytes(key) + block.size();
        BlockFile file = new BlockFile(BlockName.of(key), nextSerial.getAndIncrement(), bytes);
        directory.write(file, key, block);
        highestIndex.accumulate(key.index());
        BlockFile known = index.asMap().computeIfAbsent(file.name(),
                name -> generations.of(key.object()) == generation ? file : null);
        if (!file.equals(known)) {
            delete(file);
        }
        for (BlockFile old = evicted.poll(); old != null; old = evicted.poll()) {
            delete(old);
        }
        return true;
    }

    private void evict(BlockFile file) {
        evictions.increment();
        evicted.add(file);
    }

    private int deleteAll(List<BlockFile> files) {
        files.forEach(this::delete);
        return files.size();
    }

    private void delete(BlockFile file) {
        try {
            directory.delete(file);
        } catch (IOException failure) {
            LOG.warn("{} is no longer used but cannot be deleted from the cache in {}: delete it",
                    file.fileName(), directory, failure);
        }
    }

    /** The names that blocks of the object can have. */
    private List<BlockName> names(ObjectKey object) {
        BlockName first = BlockName.ofFirst(object);
        long highest = highestIndex.get();
        if (highest > index.estimatedSize()) {
            return index.asMap().keySet().stream().filter(first::isSameObject).toList();
        }
        return LongStream.rangeClosed(0, highest).mapToObj(first::at).toList();
    }

    private boolean reserve(int bytes) {
        if (queuedBytes.addAndGet(bytes) <= queueBytesMax) {
            return true;
        }
        queuedBytes.addAndGet(-bytes);
        return false;
    }

    private boolean isSkipping() {
        return toSkip.get() > 0 && toSkip.getAndDecrement() > 0;
    }

    private void skip(BlockKey key, Throwable failure) {
        unwritten.increment();
        if (toSkip.getAndSet(SKIPPED_AFTER_FAILURE) <= 0) {
            LOG.warn("block {} of {} was not written to the cache in {}, nor are the next {}: "
                    + "check the disk's free space and permissions", key.index(), key.object(),
                    directory, SKIPPED_AFTER_FAILURE, failure);
        }
    }
}
