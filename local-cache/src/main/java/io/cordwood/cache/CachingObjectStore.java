package io.cordwood.cache;

import io.cordwood.runtime.Workers;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ByteSource;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.PutOutcome;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * An object store that remembers blocks of another: what is written is remembered in memory, what
 * is read in memory and, if there is a disk tier, on disk. May be used from any thread.
 */
public final class CachingObjectStore implements ObjectStore {

    /**
     * What is one cache's own among {@link Peers}: as much as one request fetches, so that one for
     * many blocks goes to few of them.
     */
    public static final int PORTION_BYTES = BlockLoader.RUN_BLOCKS_MAX * Block.BYTES_MAX;

    /**
     * The share of memory that one written object may take: a larger one would push out what is
     * being read, and is itself read only later and in parts.
     */
    private static final int WRITTEN_SHARE = 4;

    /** The part of the memory that may be on its way from the bucket, beside what is there. */
    private static final int LOADING_SHARE = 2;

    /** The part of the memory that may be on its way from peers, beside that. */
    private static final int ASKED_SHARE = 4;

    /**
     * The share of memory that may be asked for ahead of readers: less than is kept of what came
     * last, for blocks are loaded whole, and less than may be on its way, for others read too.
     */
    private static final int AHEAD_SHARE = 8;

    private final ObjectStore bucket;
    private final long writtenBytesMax;
    private final long aheadBytesMax;
    private final Generations generations;
    private final MemoryTier memory;
    private final DiskTier disk;
    private final BucketReads reads;
    private final PeerReads shared;
    private final BlockLoader loader;
    private final LongAdder servedReads = new LongAdder();
    private final LongAdder servedBytes = new LongAdder();
    private volatile Peers peers = Peers.none();

    CachingObjectStore(ObjectStore bucket, long memoryBytesMax, Generations generations,
            DiskTier disk) {
        this.bucket = bucket;
        this.writtenBytesMax = memoryBytesMax / WRITTEN_SHARE;
        this.aheadBytesMax = memoryBytesMax / AHEAD_SHARE;
        this.generations = generations;
        this.memory = new MemoryTier(memoryBytesMax, generations);
        this.disk = disk;
        this.reads = new BucketReads(bucket, memoryBytesMax / LOADING_SHARE);
        this.shared = new PeerReads(reads, memoryBytesMax / ASKED_SHARE);
        this.loader = new BlockLoader(reads, shared, memory, disk, generations);
    }

    /** A cache without a disk tier, whatever the settings say of one. */
    public static CachingObjectStore inMemory(ObjectStore bucket, CacheSettings settings) {
        return new CachingObjectStore(bucket, settings.memoryBytesMax(), new Generations(),
                new NoDisk());
    }

    /**
     * Opens a cache with the disk tier that the settings ask for, and with the blocks that an
     * earlier one left in the directory.
     *
     * @param directory for the block files; created when it is not there, and not used by any other
     *        process meanwhile
     * @param workers read and write the block files
     * @param clock dates the block files, so that the next one to open them knows which were used
     *        last
     * @return never fails: a directory that cannot be used is logged and done without
     */
    public static Future<CachingObjectStore> open(ObjectStore bucket, CacheSettings settings,
            Path directory, Workers workers, InstantSource clock) {
        if (settings.diskBytesMax() == 0) {
            return Future.succeededFuture(inMemory(bucket, settings));
        }
        Generations generations = new Generations();
        BlockDirectory files = new BlockDirectory(directory, clock);
        return DirectoryTier.open(files, settings.diskBytesMax(), workers, generations)
                .map(disk -> new CachingObjectStore(bucket, settings.memoryBytesMax(), generations,
                        disk));
    }

    /** How much may be asked for ahead, and not read yet, so that it is still here when it is. */
    public long aheadBytesMax() {
        return aheadBytesMax;
    }

    /** What the cache holds and has done, for the metrics. */
    public CacheStatistics statistics() {
        return new CacheStatistics(memory.statistics(), disk.statistics(), reads.statistics(),
                shared.statistics(),
                new CacheStatistics.Served(servedReads.sum(), servedBytes.sum()));
    }

    /** Blocks that peers own are asked of them from now on. */
    public void share(Peers others) {
        peers = others;
    }

    /**
     * Reads for a peer, as {@link #get} does, but never from another peer: whoever owns a block in
     * the peer's view loads it, even if it does not in its own.
     *
     * @return views of what is remembered, in pieces of no more than a block
     */
    public Future<Bytes> getForPeer(ObjectKey key, ByteRange range) {
        return loader.blocks(key, range, Peers.none())
                .compose(blocks -> answer(key, range, blocks))
                .onSuccess(answer -> {
                    servedReads.increment();
                    servedBytes.add(answer.size());
                });
    }

    /**
     * {@inheritDoc}
     *
     * <p>A write of unknown outcome that lands only later is not noticed, like one by another
     * process: an object that is read in ranges is written once.
     */
    @Override
    public Future<Void> put(ObjectKey key, Bytes bytes) {
        long before = generations.of(key);
        return bucket.put(key, bytes).compose(stored -> replace(key, bytes, before),
                failure -> forget(key).compose(forgotten -> Future.failedFuture(failure)));
    }

    /**
     * Remembers an object that another process has written, and told of, as if it were written
     * here.
     *
     * @param bytes all of it; only read
     */
    public void remember(ObjectKey key, ByteBuffer bytes) {
        if (bytes.remaining() <= writtenBytesMax) {
            memory.remember(key, Block.copy(Bytes.of(bytes)), generations.of(key));
        }
    }

    /** {@inheritDoc} Nothing of it is remembered: it may be far larger than the memory. */
    @Override
    public Future<Void> putStream(ObjectKey key, ByteSource source) {
        return bucket.putStream(key, source).eventually(() -> forget(key));
    }

    @Override
    public Future<PutOutcome> putIfAbsent(ObjectKey key, Bytes bytes) {
        long before = generations.of(key);
        return bucket.putIfAbsent(key, bytes).compose(outcome -> switch (outcome) {
            case PutOutcome.Created created -> replace(key, bytes, before).map(outcome);
            case PutOutcome.Exists exists -> Future.succeededFuture(outcome);
            case PutOutcome.Unknown unknown -> Future.succeededFuture(outcome);
        });
    }

    @Override
    public Future<Optional<ByteBuffer>> read(ObjectKey key, int sizeMax) {
        return bucket.read(key, sizeMax);
    }

    @Override
    public Future<ByteBuffer> get(ObjectKey key, ByteRange range) {
        return loader.blocks(key, range, peers).compose(blocks -> answer(key, range, blocks))
                .map(Bytes::copy);
    }

    @Override
    public Future<Void> fetchAhead(ObjectKey key, ByteRange range) {
        return loader.blocks(key, range, peers).mapEmpty();
    }

    @Override
    public Future<Void> delete(ObjectKey key) {
        return bucket.delete(key).eventually(() -> forget(key));
    }

    @Override
    public Future<ObjectPage> list(Listing listing) {
        return bucket.list(listing);
    }

    /** Views of the range, or of what the object has of it, in the blocks that hold it. */
    private static Future<Bytes> answer(ObjectKey key, ByteRange range, List<Block> blocks) {
        long begin = BlockKey.at(key, range.position()).position();
        long held = begin + blocks.stream().mapToLong(Block::size).sum();
        long end = Math.min(held, range.end());
        if (end <= range.position()) {
            return Future.failedFuture(BlockLoader.pastEnd(key, range.position()));
        }
        List<ByteBuffer> answer = new ArrayList<>(blocks.size());
        long position = begin;
        for (Block block : blocks) {
            answer.add(block.view((int) Math.max(0, range.position() - position),
                    (int) Math.min(block.size(), end - position)));
            position += block.size();
        }
        return Future.succeededFuture(Bytes.of(answer));
    }

    /** Remembers what was just written, unless the object was changed by another meanwhile. */
    private Future<Void> replace(ObjectKey key, Bytes bytes, long before) {
        long now = generations.next(key);
        Future<Void> dropped = drop(key);
        if (now == before + 1 && bytes.size() <= writtenBytesMax) {
            memory.remember(key, Block.copy(bytes), now);
        }
        return dropped;
    }

    private Future<Void> forget(ObjectKey key) {
        generations.next(key);
        return drop(key);
    }

    /**
     * Removes from disk first, so that a load that begins meanwhile does not bring a block back.
     */
    private Future<Void> drop(ObjectKey key) {
        Future<Void> dropped = disk.forget(key);
        memory.forget(key);
        return dropped;
    }
}
