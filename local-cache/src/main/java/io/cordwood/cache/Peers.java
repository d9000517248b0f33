package io.cordwood.cache;

import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.ObjectKey;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * Other caches of the same bucket, nearer than it. Each portion of an object is one cache's own,
 * which loads it from the bucket for all. Any thread may call.
 */
public interface Peers {

    /**
     * Whose a portion of an object is. Asked for each block that is not here, so it is cheap. The
     * same peer is the same object for as long as it is one.
     *
     * @param portion numbered from 0: {@link CachingObjectStore#PORTION_BYTES} of the object each
     * @return empty if it is this cache's own, or nobody's: then it is loaded from the bucket
     */
    Optional<Peer> ownerOf(ObjectKey object, long portion);

    /** Of a cache that has no peers: everything is its own. */
    static Peers none() {
        return (object, portion) -> Optional.empty();
    }

    /** Another cache. */
    interface Peer {

        /**
         * Reads a part of an object that is written once. A range that reaches past the end is cut
         * there. Completes within a bounded time, on any thread.
         *
         * @param range of at most {@link CachingObjectStore#PORTION_BYTES}
         * @return bytes that nobody changes. Whatever it fails with, the bucket is asked then: so
         *         what a peer says to be missing is missing only if the bucket says so
         */
        Future<Bytes> read(ObjectKey object, ByteRange range);
    }
}
