package io.cordwood.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.cordwood.runtime.ValueCache;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * Values in memory and those under way to it, in one map, so that each is loaded once for all who
 * wait. Bounded in bytes, and so is what is loaded at one time: a value under way weighs nothing in
 * the first bound, and is never evicted.
 */
public final class ValueMemory<K, V> implements ValueCache<K, V> {

    /** What a value takes beside its bytes: key, future, the cache's own entry. */
    private static final int ENTRY_BYTES = 256;

    private final Cache<K, Future<V>> values;
    private final LoadGate gate;
    private final long loadBytes;
    private final ToLongFunction<V> sizeBytes;
    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder evictions = new LongAdder();

    /**
     * A memory that remembers nothing yet.
     *
     * @param sizeBytes how large a value is
     */
    public ValueMemory(Bounds bounds, ToLongFunction<V> sizeBytes) {
        this.sizeBytes = sizeBytes;
        this.loadBytes = bounds.loadBytes();
        this.gate = new LoadGate(bounds.bytesMax());
        this.values = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumWeight(bounds.bytesMax())
                .weigher((K key, Future<V> value) -> weigh(value))
                .evictionListener((key, value, cause) -> evictions.increment())
                .build();
    }

    @Override
    public Future<V> get(K key, Supplier<Future<V>> load) {
        Promise<V> promise = Promise.promise();
        Optional<Future<V>> found = Optional
                .ofNullable(values.asMap().putIfAbsent(key, promise.future()));
        if (found.isPresent()) {
            hits.increment();
            return found.get();
        }
        misses.increment();
        gate.enter(loadBytes).compose(entered -> load.get()).onComplete(loaded -> {
            gate.leave(loadBytes);
            if (loaded.succeeded()) {
                values.asMap().replace(key, promise.future(),
                        Future.succeededFuture(loaded.result()));
                promise.complete(loaded.result());
            } else {
                values.asMap().remove(key, promise.future());
                promise.fail(loaded.cause());
            }
        });
        return promise.future();
    }

    /** What it holds and has done. */
    public CacheStatistics.Tier statistics() {
        return new CacheStatistics.Tier(
                values.policy().eviction().orElseThrow().weightedSize().orElseThrow(),
                hits.sum(), misses.sum(), evictions.sum());
    }

    private int weigh(Future<V> value) {
        return value.succeeded()
                ? (int) Math.min(Integer.MAX_VALUE,
                        ENTRY_BYTES + sizeBytes.applyAsLong(value.result()))
                : 0;
    }

    /**
     * How much memory is used.
     *
     * @param bytesMax what may be remembered, and once more what may be on its way
     * @param loadBytes what is on its way for one value, about
     */
    public record Bounds(long bytesMax, long loadBytes) {

        public Bounds {
            if (bytesMax <= 0 || loadBytes <= 0) {
                throw new IllegalArgumentException("a memory has room for something");
            }
        }
    }
}
