package io.cordwood.cache;

import static io.cordwood.cache.Content.BLOCK;
import static io.cordwood.cache.Content.now;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.runtime.HeldWorkers;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.FailingObjectStore;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.RandomFaults;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever happens to the bucket, what the cache answers is what the bucket holds. */
class SeededTest {

    private static final int STEPS = 400;
    private static final int[] SIZES = {0, 1, 10, 10_000, BLOCK, BLOCK + 1};
    private static final List<Fault> FAULTS = List.of(new Fault.TimeOut(Fault.Landing.NEVER),
            new Fault.TimeOut(Fault.Landing.AT_ONCE), new Fault.ServerError(Fault.Landing.AT_ONCE),
            new Fault.Refused(), new Fault.Conflict(), new Fault.CutBody());

    @TempDir
    private Path directory;
    private final MemoryObjectStore objects = new MemoryObjectStore(new ManualEventLoop()::now);
    private final FailingObjectStore bucket = new FailingObjectStore(objects, FaultPolicy.none());
    private final HeldWorkers workers = new HeldWorkers();

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void theCacheAnswersWhatTheBucketHolds(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        FaultPolicy faults = new RandomFaults(random.split(), 0.2, FAULTS);
        CachingObjectStore cache = open(random);

        for (int step = 0; step < STEPS; step++) {
            ObjectKey key = new ObjectKey("object-" + random.nextInt(4));
            bucket.policy(faults);
            act(cache, key, random);
            if (random.nextInt(3) == 0) {
                workers.work();
            }
            if (random.nextInt(50) == 0) {
                cache = open(random);
            }
            bucket.policy(FaultPolicy.none());
            expectWhatTheBucketHolds(cache, key, random, "seed " + seed + ", step " + step);
        }
    }

    private void act(CachingObjectStore cache, ObjectKey key, SplittableRandom random) {
        int size = SIZES[random.nextInt(SIZES.length)];
        switch (random.nextInt(6)) {
            case 0 -> cache.put(key, Content.of(size, random.nextLong()));
            case 1 -> cache.putIfAbsent(key, Content.of(size, random.nextLong()));
            case 2 -> cache.delete(key);
            default -> cache.get(key, anyRange(random));
        }
    }

    private void expectWhatTheBucketHolds(CachingObjectStore cache, ObjectKey key,
            SplittableRandom random, String where) {
        ByteRange range = anyRange(random);
        Future<ByteBuffer> expected = objects.get(key, range);
        Future<ByteBuffer> answer = cache.get(key, range);
        workers.work();

        assertThat(answer.isComplete()).as(where).isTrue();
        assertThat(answer.succeeded()).as(where).isEqualTo(expected.succeeded());
        if (expected.succeeded()) {
            assertThat(answer.result().equals(expected.result())).as(where).isTrue();
        }
    }

    private CachingObjectStore open(SplittableRandom random) {
        workers.work();
        Future<CachingObjectStore> opened = CachingObjectStore.open(bucket,
                new CacheSettings(random.nextInt(8 << 20), CacheSettings.DISK_BYTES_MIN), directory,
                workers, new ManualEventLoop()::now);
        workers.work();
        return now(opened);
    }

    private static ByteRange anyRange(SplittableRandom random) {
        return switch (random.nextInt(4)) {
            case 0 -> new ByteRange(random.nextInt(2 * BLOCK), 1 + random.nextInt(2 * BLOCK));
            case 1 -> new ByteRange(BLOCK - 1, 2);
            case 2 -> new ByteRange(random.nextInt(20), 1 + random.nextInt(20));
            default -> new ByteRange(0, 3 * BLOCK);
        };
    }
}
