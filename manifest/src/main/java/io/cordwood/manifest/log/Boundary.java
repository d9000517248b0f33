package io.cordwood.manifest.log;

import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.util.List;

/**
 * The highest number that may have been deleted. It is moved before anything is deleted, so whoever
 * reads it after a success knows whether to believe it.
 *
 * <p>Each number that it was moved to is an empty object, and the highest counts. A store may carry
 * out a write once more, long after it was confirmed: that brings back a number that nobody looks
 * at, where an object that was replaced would bring back an old boundary.
 */
public final class Boundary {

    /** The boundary of a log of which nothing was deleted. */
    public static final long NONE = 0;

    private final ObjectStore store;

    public Boundary(ObjectStore store) {
        this.store = store;
    }

    /** The boundary now; {@link #NONE} if it was never moved. */
    public Future<Long> read() {
        return keys().map(Boundary::highest);
    }

    /**
     * Moves the boundary up, and leaves it where it is if that is no lower. Done before the first
     * delete. Several may do so at a time: of what they found none deletes the highest.
     */
    public Future<Void> moveTo(long sequence) {
        return keys().compose(keys -> {
            long before = highest(keys);
            Future<Void> moved = sequence <= before
                    ? Future.succeededFuture()
                    : store.put(BucketLayout.boundary(sequence), Bytes.of());
            ObjectKey counts = BucketLayout.boundary(Math.max(before, sequence));
            return moved.compose(done -> Keys.delete(store,
                    keys.stream().filter(key -> !key.equals(counts)).toList()));
        });
    }

    private Future<List<ObjectKey>> keys() {
        return Keys.of(store, BucketLayout.BOUNDARY_PREFIX);
    }

    private static long highest(List<ObjectKey> ascending) {
        return ascending.isEmpty() ? NONE : BucketLayout.sequence(ascending.getLast());
    }
}
