package io.cordwood.cache;

import io.cordwood.runtime.Invariant;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Finds blocks: in memory, else on disk, else in the bucket. Adjacent blocks that only the bucket
 * has are fetched by one request.
 */
final class BlockLoader {

    /**
     * The most blocks fetched by one request: about 8 MiB, where a request of an object store has
     * reached its full rate and another one in parallel serves better.
     */
    private static final int RUN_BLOCKS_MAX = 8;

    /**
     * The most blocks of one range that are loaded at the same time: a longer range is read stretch
     * by stretch, so that one far past the end of its object costs little.
     */
    private static final int STRETCH_BLOCKS_MAX = 4 * RUN_BLOCKS_MAX;

    private final ObjectStore bucket;
    private final MemoryTier memory;
    private final DiskTier disk;
    private final Generations generations;
    private final LoadGate gate;
    private final LongAdder gets = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    /**
     * A loader that has loaded nothing.
     *
     * @param loadingBytesMax what may be on its way from the bucket at one time, but for one
     *        request
     */
    BlockLoader(ObjectStore bucket, MemoryTier memory, DiskTier disk, Generations generations,
            long loadingBytesMax) {
        this.bucket = bucket;
        this.gate = new LoadGate(loadingBytesMax);
        this.memory = memory;
        this.disk = disk;
        this.generations = generations;
    }

    /** The blocks that hold the range, in order, up to one that ends the object. */
    Future<List<Block>> blocks(ObjectKey object, ByteRange range) {
        return stretches(BlockKey.at(object, range.position()),
                BlockKey.at(object, range.end() - 1).index(), new ArrayList<>());
    }

    /** The failure of a read that begins where there is nothing. */
    static MissingObjectException pastEnd(ObjectKey object, long position) {
        return new MissingObjectException("the object " + object + " ends at or before byte "
                + position + ": read it up to its end, or plan anew");
    }

    CacheStatistics.Bucket statistics() {
        return new CacheStatistics.Bucket(gets.sum(), failures.sum(), bytes.sum());
    }

    private Future<List<Block>> stretches(BlockKey first, long last, List<Block> before) {
        long end = Math.min(last, first.index() + STRETCH_BLOCKS_MAX - 1);
        List<Future<Block>> asked = ask(first, end);
        return Future.join(asked).transform(done -> upToEnd(asked)).compose(blocks -> {
            before.addAll(blocks);
            return end == last || before.getLast().endsObject()
                    ? Future.succeededFuture(before)
                    : stretches(new BlockKey(first.object(), end + 1), last, before);
        });
    }

    /** Finds or loads the blocks, up to one that is known to end the object. */
    private List<Future<Block>> ask(BlockKey first, long last) {
        long generation = generations.of(first.object());
        List<Future<Block>> asked = new ArrayList<>();
        List<Load> missing = new ArrayList<>();
        for (long index = first.index(); index <= last; index++) {
            Load load = Load.of(new BlockKey(first.object(), index));
            Optional<Future<Block>> found = memory.join(load);
            asked.add(found.orElse(load.future()));
            if (found.isEmpty()) {
                missing.add(load);
            } else if (found.get().succeeded() && found.get().result().endsObject()) {
                break;
            }
        }
        load(missing, generation);
        return asked;
    }

    /**
     * What was asked for, all of it settled. What became of blocks past the object's end is
     * ignored.
     */
    private static Future<List<Block>> upToEnd(List<Future<Block>> asked) {
        List<Block> blocks = new ArrayList<>();
        for (Future<Block> block : asked) {
            if (block.failed()) {
                return Future.failedFuture(block.cause());
            }
            blocks.add(block.result());
            if (block.result().endsObject()) {
                break;
            }
        }
        return Future.succeededFuture(blocks);
    }

    private void load(List<Load> missing, long generation) {
        List<Load> elsewhere = new ArrayList<>();
        for (Load load : missing) {
            if (disk.holds(load.key())) {
                loadFromDisk(load, generation);
            } else {
                elsewhere.add(load);
            }
        }
        runs(elsewhere).forEach(run -> fetch(run, generation));
    }

    /** Groups loads, in ascending order, by what one request can fetch. */
    private static List<List<Load>> runs(List<Load> loads) {
        List<List<Load>> runs = new ArrayList<>();
        long next = -1;
        for (Load load : loads) {
            if (load.key().index() != next || runs.getLast().size() == RUN_BLOCKS_MAX) {
                runs.add(new ArrayList<>());
            }
            runs.getLast().add(load);
            next = load.key().index() + 1;
        }
        return runs;
    }

    private void loadFromDisk(Load load, long generation) {
        disk.read(load.key()).onComplete(done -> {
            Optional<Block> block = done.succeeded() ? done.result() : Optional.empty();
            block.ifPresentOrElse(found -> memory.complete(load, found),
                    () -> fetch(List.of(load), generation));
        });
    }

    private void fetch(List<Load> run, long generation) {
        BlockKey first = run.getFirst().key();
        int length = (int) Math.min((long) run.size() * Block.BYTES_MAX,
                Long.MAX_VALUE - first.position());
        gate.enter(length)
                .compose(entered -> get(first.object(), new ByteRange(first.position(), length)))
                .map(buffer -> Block.cut(buffer, length))
                .recover(failure -> endedBefore(first, failure))
                .onComplete(done -> {
                    gate.leave(length);
                    settle(run, done, generation);
                });
    }

    /**
     * A block that is missing is past the end of the object, or the object is gone: the byte before
     * the block tells, and only then may an answer be cut there.
     */
    private Future<List<Block>> endedBefore(BlockKey key, Throwable failure) {
        if (key.index() == 0 || !(failure instanceof MissingObjectException)) {
            return Future.failedFuture(failure);
        }
        return get(key.object(), new ByteRange(key.position() - 1, 1))
                .map(buffer -> List.of(Block.EMPTY));
    }

    private Future<ByteBuffer> get(ObjectKey object, ByteRange range) {
        gets.increment();
        return Future.<Void>succeededFuture().compose(nothing -> bucket.get(object, range))
                .map(buffer -> {
                    Invariant.check(buffer.hasRemaining(), "a range of %s is not empty", object);
                    Invariant.check(buffer.remaining() <= range.length(),
                            "a store answers no more than was asked of %s", object);
                    bytes.add(buffer.remaining());
                    return buffer;
                }).onFailure(failure -> failures.increment());
    }

    private void settle(List<Load> run, AsyncResult<List<Block>> done, long generation) {
        for (int index = 0; index < run.size(); index++) {
            Load load = run.get(index);
            if (done.failed()) {
                memory.fail(load, done.cause());
            } else if (index >= done.result().size()) {
                memory.fail(load, pastEnd(load.key().object(), load.key().position()));
            } else {
                Block block = done.result().get(index);
                memory.complete(load, block);
                disk.offer(load.key(), block, generation);
            }
        }
    }
}
