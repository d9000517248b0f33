package io.cordwood.cache;

import io.vertx.core.Future;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.ToIntBiFunction;

/**
 * The values that came last, whatever is asked for besides: first in, first out. A memory full of
 * values that were used before refuses each new one at once; but what was just written, or loaded
 * ahead of a reader, is about to be asked for the first time.
 */
final class Newest<K, V> {

    private final long bytesMax;
    private final ToIntBiFunction<K, Future<V>> weigher;
    private final Map<K, Future<V>> values = new ConcurrentHashMap<>();
    private final Queue<K> oldestFirst = new ConcurrentLinkedQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    /** Keeps so many bytes at most, each value with what it takes beside its own. */
    Newest(long bytesMax, ToIntBiFunction<K, Future<V>> weigher) {
        this.bytesMax = bytesMax;
        this.weigher = weigher;
    }

    /** Keeps a value, which is complete, until enough others came after it. Returns it. */
    Future<V> keep(K key, Future<V> value) {
        int weight = weigher.applyAsInt(key, value);
        if (weight <= bytesMax && values.putIfAbsent(key, value) == null) {
            bytes.addAndGet(weight);
            oldestFirst.add(key);
            dropOldest();
        }
        return value;
    }

    /** The value, if it is kept. */
    Optional<V> find(K key) {
        return Optional.ofNullable(values.get(key)).map(Future::result);
    }

    /** Drops some values. */
    void forget(Predicate<K> which) {
        values.keySet().stream().filter(which).toList().forEach(key -> {
            oldestFirst.remove(key);
            drop(key);
        });
    }

    /** The bytes of what is kept here and nowhere else. */
    long bytesBeside(Set<K> elsewhere) {
        return values.entrySet().stream().filter(kept -> !elsewhere.contains(kept.getKey()))
                .mapToLong(kept -> weigher.applyAsInt(kept.getKey(), kept.getValue())).sum();
    }

    private void dropOldest() {
        while (bytes.get() > bytesMax && !oldestFirst.isEmpty()) {
            Optional.ofNullable(oldestFirst.poll()).ifPresent(this::drop);
        }
    }

    private void drop(K key) {
        Optional.ofNullable(values.remove(key))
                .ifPresent(value -> bytes.addAndGet(-weigher.applyAsInt(key, value)));
    }
}
