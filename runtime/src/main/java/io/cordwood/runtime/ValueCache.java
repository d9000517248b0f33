package io.cordwood.runtime;

import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * Remembers values that never change, for all who ask: each is loaded once for all who wait. Any
 * thread may call.
 */
@FunctionalInterface
public interface ValueCache<K, V> {

    /**
     * The value of a key.
     *
     * @param load gets it where it is not there; what fails is not remembered
     */
    Future<V> get(K key, Supplier<Future<V>> load);

    /** One that remembers nothing. */
    static <K, V> ValueCache<K, V> none() {
        return (key, load) -> load.get();
    }
}
