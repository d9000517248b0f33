package io.cordwood.bench.micro;

import io.cordwood.cache.CacheSettings;
import io.cordwood.cache.CachingObjectStore;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.InstantSource;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Reads a range that the cache has in memory; beside it, the copy that the answer needs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
public class HitCache {

    private static final ObjectKey KEY = new ObjectKey("segments/00/some");
    private static final int OBJECT_BYTES = 8 << 20;
    private static final long MEMORY_BYTES = 64 << 20;

    /** How long the range is. */
    @Param({"4096", "1048576"})
    public int length;

    private final byte[] content = new byte[OBJECT_BYTES];
    private final CachingObjectStore cache = CachingObjectStore.inMemory(
            new MemoryObjectStore(InstantSource.system()), new CacheSettings(MEMORY_BYTES, 0));

    /** Writes the object through the cache, which remembers it. */
    @Setup
    public void remember() {
        cache.put(KEY, Bytes.wrap(content)).await();
    }

    @Benchmark
    public Future<ByteBuffer> hit() {
        return cache.get(KEY, new ByteRange(3_000_000, length));
    }

    @Benchmark
    public ByteBuffer copyOnly() {
        return ByteBuffer.allocate(length).put(0, content, 3_000_000, length);
    }
}
