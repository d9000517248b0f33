package io.cordwood.cache;

import static io.cordwood.cache.Content.key;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.PoolWorkers;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Real threads replace an object all the time, and nobody is shown one older than acknowledged. */
class ConcurrencyTest {

    private static final ObjectKey KEY = key("replaced");
    private static final int VERSIONS = 3_000;
    private static final int READERS = 3;
    private static final ByteRange WHOLE = new ByteRange(0, Long.BYTES);

    @TempDir
    private Path directory;

    @ParameterizedTest
    @ValueSource(longs = {0, 1_000})
    void nobodyIsShownWhatWasReplacedBefore(long memoryBytesMax) throws Exception {
        try (PoolWorkers threads = new PoolWorkers(READERS + 2)) {
            ObjectStore cache = awaited(CachingObjectStore.open(
                    new MemoryObjectStore(InstantSource.fixed(Instant.EPOCH)),
                    new CacheSettings(memoryBytesMax, CacheSettings.DISK_BYTES_MIN), directory,
                    threads, InstantSource.system()));
            AtomicLong acknowledged = new AtomicLong();
            awaited(cache.put(KEY, version(0)));

            List<Future<Long>> readers = new ArrayList<>();
            for (int reader = 0; reader < READERS; reader++) {
                readers.add(threads.call(() -> readAll(cache, acknowledged)));
            }
            for (long version = 1; version <= VERSIONS; version++) {
                if (version % 3 == 0) {
                    awaited(cache.delete(KEY));
                    awaited(cache.putIfAbsent(KEY, version(version)));
                } else {
                    awaited(cache.put(KEY, version(version)));
                }
                acknowledged.set(version);
            }

            for (Future<Long> reader : readers) {
                assertThat(awaited(reader)).isEqualTo(VERSIONS);
            }
        }
    }

    /** Reads until the last version is seen, and returns it. */
    private static long readAll(ObjectStore cache, AtomicLong acknowledged) throws Exception {
        long seen = 0;
        while (seen < VERSIONS) {
            long least = acknowledged.get();
            Future<Long> read = cache.get(KEY, WHOLE).map(ByteBuffer::getLong)
                    .otherwise(least);
            seen = awaited(read);
            assertThat(seen).isGreaterThanOrEqualTo(least);
        }
        return seen;
    }

    private static Bytes version(long version) {
        return Bytes.of(ByteBuffer.allocate(Long.BYTES).putLong(0, version));
    }

    private static <T> T awaited(Future<T> future) throws Exception {
        return future.await(60, TimeUnit.SECONDS);
    }
}
