package io.cordwood.manifest.log;

import io.cordwood.manifest.state.ManifestInvariants;
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

    /** Moves the boundary up. Done before the first delete, by the committer alone. */
    public Future<Void> moveTo(long sequence) {
        ObjectKey key = BucketLayout.boundary(sequence);
        return keys().compose(keys -> {
            ManifestInvariants.theBoundaryOnlyRises(highest(keys), sequence);
            return store.put(key, Bytes.of()).compose(moved -> Keys.delete(store,
                    keys.stream().filter(before -> !before.equals(key)).toList()));
        });
    }

    private Future<List<ObjectKey>> keys() {
        return Keys.of(store, BucketLayout.BOUNDARY_PREFIX);
    }

    private static long highest(List<ObjectKey> ascending) {
        return ascending.isEmpty() ? NONE : BucketLayout.sequence(ascending.getLast());
    }
}
