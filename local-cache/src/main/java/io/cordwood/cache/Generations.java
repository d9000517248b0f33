package io.cordwood.cache;

import io.cordwood.store.object.ObjectKey;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Counts the changes of every object, so that what was read before a change is not remembered after
 * it. Objects share a fixed number of counters: a change of another object may cost a block its
 * place in the cache, and never anything else.
 */
final class Generations {

    /** So many that two of the changes and loads of one moment rarely share a counter. */
    private static final int COUNTERS = 4_096;

    private final AtomicLongArray counters = new AtomicLongArray(COUNTERS);

    /** The object's generation now. */
    long of(ObjectKey object) {
        return counters.get(counter(object));
    }

    /** Begins the object's next generation and returns it. */
    long next(ObjectKey object) {
        return counters.incrementAndGet(counter(object));
    }

    private static int counter(ObjectKey object) {
        int hash = object.hashCode();
        return Math.floorMod(hash ^ (hash >>> 16), COUNTERS);
    }
}
