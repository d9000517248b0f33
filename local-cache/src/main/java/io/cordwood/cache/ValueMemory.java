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
 * the first bound, and is never evicted. Values that came last are kept beside those that are asked
 * for again and again, until somebody asks for them: most are for readers who go through all.
 */
public final class ValueMemory<K, V> implements ValueCache<K, V> {

    /** What a value takes beside its bytes: key, future, the cache's own entry. */
    private static final int ENTRY_BYTES = 256;

    /** The share of memory for the values that came last. */
    private static final int NEWEST_SHARE = 2;

    private final Cache<K, Future<V>> values;
    private final Newest<K, V> newest;
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
        this.newest = new Newest<>(bounds.bytesMax() / NEWEST_SHARE, (key, value) -> weigh(value));
        this.values = Caffeine.newBuilder()
                .executor(Runnable::run)
                .maximumWeight(bounds.bytesMax() - bounds.bytesMax() / NEWEST_SHARE)
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
        Optional<V> kept = newest.find(key);
        if (kept.isPresent()) {
            hits.increment();
            complete(key, promise, kept.get());
            return promise.future();
        }
        misses.increment();
        gate.enter(loadBytes).compose(entered -> load.get()).onComplete(loaded -> {
            gate.leave(loadBytes);
            if (loaded.succeeded()) {
                complete(key, promise, loaded.result());
            } else {
                values.asMap().remove(key, promise.future());
                promise.fail(loaded.cause());
            }
        });
        return promise.future();
    }

    private void complete(K key, Promise<V> promise, V value) {
        values.asMap().replace(key, promise.future(),
                newest.keep(key, Future.succeededFuture(value)));
        promise.complete(value);
    }

    /** What it holds and has done. */
    public CacheStatistics.Tier statistics() {
        long bytes = values.policy().eviction().orElseThrow().weightedSize().orElseThrow();
        return new CacheStatistics.Tier(bytes + newest.bytesBeside(values.asMap().keySet()),
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
