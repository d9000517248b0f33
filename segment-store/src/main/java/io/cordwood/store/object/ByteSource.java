package io.cordwood.store.object;

import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Bytes that come piece by piece, so that they are never in memory all at once: who takes them asks
 * for the next piece when it has room for it.
 */
@FunctionalInterface
public interface ByteSource {

    /**
     * The next piece; empty at the end. Any thread may ask, but not before it has the answer to the
     * last question, and not again after the end or a failure.
     */
    Future<Optional<Bytes>> next();

    /** These bytes, in one piece. */
    static ByteSource of(Bytes bytes) {
        return of(List.of(bytes));
    }

    /** These pieces. */
    static ByteSource of(List<Bytes> pieces) {
        Iterator<Bytes> rest = List.copyOf(pieces).iterator();
        return () -> Future.succeededFuture(
                rest.hasNext() ? Optional.of(rest.next()) : Optional.empty());
    }

    /**
     * Gives all pieces away, one after the other.
     *
     * @param taker is asked to take the next when it has taken the one before
     */
    default Future<Void> forEach(Function<Bytes, Future<Void>> taker) {
        return next().compose(piece -> piece.isEmpty()
                ? Future.succeededFuture()
                : taker.apply(piece.get()).compose(taken -> forEach(taker)));
    }

    /** All of it in memory. */
    default Future<Bytes> gathered() {
        List<ByteBuffer> slices = new ArrayList<>();
        return forEach(piece -> {
            slices.addAll(piece.slices());
            return Future.succeededFuture();
        }).map(all -> Bytes.of(slices));
    }
}
