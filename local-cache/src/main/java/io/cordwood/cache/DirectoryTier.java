package io.cordwood.cache;

import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.Workers;
import io.cordwood.store.object.ObjectKey;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
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

    /**
     * After a write that failed so many blocks go unwritten, so that a full disk is not worn out.
     */
    private static final int SKIPPED_AFTER_FAILURE = 256;

    private final BlockDirectory directory;
    private final Workers workers;
    private final Generations generations;
    private final long queueBytesMax;
    private final long indexBytesMax;
    private final DiskIndex index;
    private final AtomicLong nextSerial = new AtomicLong();
    private final AtomicLong queuedBytes = new AtomicLong();
    private final AtomicLong toSkip = new AtomicLong();
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder corrupt = new LongAdder();
    private final LongAdder unwritten = new LongAdder();

    private DirectoryTier(BlockDirectory directory, long bytesMax, Workers workers,
            Generations generations) {
        this.directory = directory;
        this.workers = workers;
        this.generations = generations;
        this.queueBytesMax = Math.min(QUEUE_BYTES_MAX, bytesMax / QUEUE_SHARE);
        this.indexBytesMax = bytesMax - queueBytesMax;
        this.index = new DiskIndex(indexBytesMax, generations);
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
        boolean held = index.holds(BlockName.of(key));
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
        List<BlockFile> files = index.removeAll(object);
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
        return new CacheStatistics.Disk(
                new CacheStatistics.Tier(index.bytes(), hits.sum(), misses.sum(),
                        index.evictions()),
                corrupt.sum(), unwritten.sum());
    }

    /**
     * Takes over the files that were used last, as many as the bound allows, and deletes the
     * others.
     */
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
            index.restore(file);
        }
        return kept.size();
    }

    private Optional<Block> readOrDrop(BlockKey key) {
        Optional<BlockFile> file = index.find(BlockName.of(key));
        Optional<Block> block = file.flatMap(found -> read(found, key));
        if (block.isPresent()) {
            hits.increment();
        } else {
            misses.increment();
            file.ifPresent(index::remove);
            file.ifPresent(this::delete);
        }
        return block;
    }

    private Optional<Block> read(BlockFile file, BlockKey key) {
        try {
            return Optional.of(directory.read(file, key));
        } catch (CorruptException failure) {
            corrupt.increment();
            LOG.warn("dropped {} from the cache in {}, it is fetched again: {}", file.fileName(),
                    directory, failure.getMessage());
        } catch (NoSuchFileException deleted) {
            LOG.debug("{} was deleted from the cache in {}", file.fileName(), directory, deleted);
        } catch (IOException failure) {
            LOG.warn("dropped {} from the cache in {}, it is fetched again", file.fileName(),
                    directory, failure);
        }
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
        if (!index.add(file, key.object(), generation)) {
            delete(file);
        }
        index.takeEvicted().forEach(this::delete);
        return true;
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
