package io.cordwood.cache;

import static io.cordwood.cache.Content.key;
import static io.cordwood.cache.Content.now;
import static io.cordwood.cache.Content.range;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.runtime.MissingObjectException;
import io.cordwood.store.object.ObjectKey;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The moments between the steps of a change, one by one. */
class GenerationsTest {

    private static final ObjectKey KEY = key("segments/00/one");
    private static final Block OLD = Block.owning(new byte[]{1, 2, 3});

    private final Generations generations = new Generations();

    @Test
    void memoryRemembersNothingOfAnEarlierGeneration() {
        MemoryTier memory = new MemoryTier(1_000, generations);
        long before = generations.of(KEY);
        generations.next(KEY);

        memory.remember(KEY, List.of(OLD), before);

        assertThat(memory.join(Load.of(new BlockKey(KEY, 0)))).isEmpty();
    }

    @Test
    void memoryRemembersNothingThatWasForgottenWhileItWasLoaded() {
        MemoryTier memory = new MemoryTier(1_000, generations);
        Load load = Load.of(new BlockKey(KEY, 7));
        memory.join(load);

        memory.forget(KEY);
        memory.complete(load, OLD);

        assertThat(now(load.future())).isSameAs(OLD);
        assertThat(memory.join(Load.of(new BlockKey(KEY, 7)))).isEmpty();
    }

    @Test
    void theDiskRemembersNothingOfAnEarlierGeneration() {
        DiskIndex index = new DiskIndex(10_000, generations);
        BlockName name = BlockName.of(new BlockKey(KEY, 0));
        long before = generations.of(KEY);
        generations.next(KEY);

        assertThat(index.add(new BlockFile(name, 1, 100), KEY, before)).isFalse();
        assertThat(index.find(name)).isEmpty();
    }

    @Test
    void theDiskKeepsTheFileThatItKnows() {
        DiskIndex index = new DiskIndex(10_000, generations);
        BlockFile first = new BlockFile(BlockName.of(new BlockKey(KEY, 0)), 1, 100);
        BlockFile second = new BlockFile(first.name(), 2, 100);

        assertThat(index.add(first, KEY, generations.of(KEY))).isTrue();
        assertThat(index.add(second, KEY, generations.of(KEY))).isFalse();
        index.remove(second);

        assertThat(index.find(first.name())).contains(first);
    }

    @Test
    void aReadBetweenTheTiersOfADeleteBringsNothingBack() {
        TracedStore bucket = new TracedStore();
        NosyDisk disk = new NosyDisk();
        CachingObjectStore cache = new CachingObjectStore(bucket, 1_000, generations, disk);
        disk.cache = Optional.of(cache);

        now(cache.delete(KEY));

        assertThat(disk.reads).isEqualTo(1);
        assertThat(cache.get(KEY, range(0, 3)).cause())
                .isInstanceOf(MissingObjectException.class);
    }

    /** A disk that holds the old block, and is read just before it forgets it. */
    private static final class NosyDisk implements DiskTier {

        private Optional<CachingObjectStore> cache = Optional.empty();
        private boolean holds = true;
        private int reads;

        @Override
        public boolean holds(BlockKey key) {
            return holds;
        }

        @Override
        public Future<Optional<Block>> read(BlockKey key) {
            reads++;
            return Future.succeededFuture(Optional.of(OLD));
        }

        @Override
        public void offer(BlockKey key, Block block, long generation) {
            throw new AssertionError("there is nothing to offer");
        }

        @Override
        public Future<Void> forget(ObjectKey object) {
            ByteBuffer meanwhile = now(cache.orElseThrow().get(object, range(0, 3)));
            holds = false;
            return meanwhile.remaining() == 3
                    ? Future.succeededFuture()
                    : Future.failedFuture("not what the disk holds");
        }

        @Override
        public CacheStatistics.Disk statistics() {
            return new NoDisk().statistics();
        }
    }
}
