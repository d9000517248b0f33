package io.cordwood.cache;

import io.cordwood.runtime.MissingObjectException;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ObjectKey;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds blocks: in memory, else on disk, else with the peer that owns them or in the bucket.
 * Adjacent blocks that come from the same place are fetched by one request.
 */
final class BlockLoader {

    /**
     * The most blocks fetched by one request: about 8 MiB, where a request of an object store has
     * reached its full rate and another one in parallel serves better.
     */
    static final int RUN_BLOCKS_MAX = 8;

    /**
     * The most blocks of one range that are loaded at the same time: a longer range is read stretch
     * by stretch, so that one far past the end of its object costs little.
     */
    private static final int STRETCH_BLOCKS_MAX = 4 * RUN_BLOCKS_MAX;

    private final BucketReads bucket;
    private final PeerReads shared;
    private final MemoryTier memory;
    private final DiskTier disk;
    private final Generations generations;

    /** A loader that has loaded nothing. */
    BlockLoader(BucketReads bucket, PeerReads shared, MemoryTier memory, DiskTier disk,
            Generations generations) {
        this.bucket = bucket;
        this.shared = shared;
        this.memory = memory;
        this.disk = disk;
        this.generations = generations;
    }

    /**
     * The blocks that hold the range, in order, up to one that ends the object.
     *
     * @param peers that may be asked for them
     */
    Future<List<Block>> blocks(ObjectKey object, ByteRange range, Peers peers) {
        return stretches(BlockKey.at(object, range.position()),
                BlockKey.at(object, range.end() - 1).index(), peers, new ArrayList<>());
    }

    /** The failure of a read that begins where there is nothing. */
    static MissingObjectException pastEnd(ObjectKey object, long position) {
        return new MissingObjectException("the object " + object + " ends at or before byte "
                + position + ": read it up to its end, or plan anew");
    }

    private Future<List<Block>> stretches(BlockKey first, long last, Peers peers,
            List<Block> before) {
        long end = Math.min(last, first.index() + STRETCH_BLOCKS_MAX - 1);
        List<Future<Block>> asked = ask(first, end, peers);
        return Future.join(asked).transform(done -> upToEnd(asked)).compose(blocks -> {
            before.addAll(blocks);
            return end == last || before.getLast().endsObject()
                    ? Future.succeededFuture(before)
                    : stretches(new BlockKey(first.object(), end + 1), last, peers,
                            before);
        });
    }

    /** Finds or loads the blocks, up to one that is known to end the object. */
    private List<Future<Block>> ask(BlockKey first, long last, Peers peers) {
        Origin origin = new Origin(peers, generations.of(first.object()));
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
        load(missing, origin);
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

    private void load(List<Load> missing, Origin origin) {
        List<Load> elsewhere = new ArrayList<>();
        for (Load load : missing) {
            if (disk.holds(load.key())) {
                loadFromDisk(load, origin);
            } else {
                elsewhere.add(load);
            }
        }
        runs(elsewhere, origin.peers()).forEach(run -> fetch(run, origin));
    }

    /** Groups loads, in ascending order, by what one request can fetch. */
    private static List<Run> runs(List<Load> loads, Peers peers) {
        List<Run> runs = new ArrayList<>();
        for (Load load : loads) {
            Optional<Peers.Peer> owner = load.key().owner(peers);
            if (runs.isEmpty() || !runs.getLast().isContinuedBy(load, owner)) {
                runs.add(new Run(owner, new ArrayList<>()));
            }
            runs.getLast().loads().add(load);
        }
        return runs;
    }

    private void loadFromDisk(Load load, Origin origin) {
        disk.read(load.key()).onComplete(done -> {
            Optional<Block> block = done.succeeded() ? done.result() : Optional.empty();
            block.ifPresentOrElse(found -> memory.complete(load, found),
                    () -> fetch(new Run(load.key().owner(origin.peers()), List.of(load)), origin));
        });
    }

    private void fetch(Run run, Origin origin) {
        BlockKey first = run.loads().getFirst().key();
        int length = (int) Math.min((long) run.loads().size() * Block.BYTES_MAX,
                Long.MAX_VALUE - first.position());
        get(run.owner(), first.object(), new ByteRange(first.position(), length))
                .recover(failure -> endedBefore(first, failure, origin.peers()))
                .onComplete(done -> settle(run.loads(), done, origin.generation()));
    }

    /**
     * A block that is missing is past the end of the object, or the object is gone: the byte before
     * the block tells, and only then may an answer be cut there.
     */
    private Future<List<Block>> endedBefore(BlockKey key, Throwable failure, Peers peers) {
        if (key.index() == 0 || !(failure instanceof MissingObjectException)) {
            return Future.failedFuture(failure);
        }
        ByteRange before = new ByteRange(key.position() - 1, 1);
        return get(BlockKey.at(key.object(), before.position()).owner(peers), key.object(), before)
                .map(found -> List.of(Block.EMPTY));
    }

    private Future<List<Block>> get(Optional<Peers.Peer> owner, ObjectKey object,
            ByteRange range) {
        return owner.map(peer -> shared.get(peer, object, range))
                .orElseGet(() -> bucket.get(object, range));
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

    /**
     * Where blocks come from.
     *
     * @param generation of their object, taken before they are asked for
     */
    private record Origin(Peers peers, long generation) {}

    /** Adjacent blocks that one request fetches, from their owner or from the bucket. */
    private record Run(Optional<Peers.Peer> owner, List<Load> loads) {

        boolean isContinuedBy(Load load, Optional<Peers.Peer> its) {
            return loads.size() < RUN_BLOCKS_MAX && owner.equals(its)
                    && load.key().index() == loads.getLast().key().index() + 1;
        }
    }
}
