package io.cordwood.store.object;

import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A flat set of named, immutable byte strings. Deliberately minimal, so that a new store costs
 * little: no conditional multipart, no conditional delete, no compare-and-set, on all of which real
 * stores disagree.
 *
 * <p>Futures may complete on any thread. A future fails with
 * {@link io.cordwood.runtime.UnavailableException} when the store could not be asked or refused:
 * then a write has not happened and will not happen. Transient errors are retried by adapters where
 * that is harmless, within a bounded time.
 *
 * <p>Buffers that a read returns belong to the caller, who may change them. Bytes given to a write
 * belong to the store until the future completes, and for ever if the outcome is unknown.
 */
public interface ObjectStore {

    /**
     * Writes an object, replacing what was there. Repeating it is harmless, so an adapter retries
     * it. After success the object is durable and every later read sees it.
     *
     * @return fails with {@link io.cordwood.runtime.UnknownOutcomeException} when the write may or
     * may
     *         not have happened
     */
    Future<Void> put(ObjectKey key, Bytes bytes);

    /**
     * Writes an object of any length, piece by piece, under a key that nobody else writes and that
     * is never written again. Nothing is seen of it before all of it is durable. A store that holds
     * no more of it than a few pieces does this on its own; any other has it all in memory.
     *
     * @return fails as {@link #put} does, and with what the source fails with: then no object is
     *         written
     */
    default Future<Void> putStream(ObjectKey key, ByteSource source) {
        return source.gathered().compose(bytes -> put(key, bytes));
    }

    /**
     * Writes an object unless there is one of that key. Of any number of writers, in any processes,
     * at most one is told {@link PutOutcome.Created}, and it is told so only when its object is
     * durable. Adapters never retry this.
     */
    Future<PutOutcome> putIfAbsent(ObjectKey key, Bytes bytes);

    /**
     * Reads a whole object, as it is now.
     *
     * @param sizeMax the largest size, in bytes, that the caller is prepared for; a larger object
     * fails
     *        with {@link io.cordwood.runtime.CorruptException}
     * @return empty when there is no such object
     */
    Future<Optional<ByteBuffer>> read(ObjectKey key, int sizeMax);

    /**
     * Reads a part of an object that is written once: a decorator may answer from what it
     * remembers. A range that reaches past the end is cut there.
     *
     * @return fails with {@link io.cordwood.runtime.MissingObjectException} when there is no such
     *         object or it ends at or before the first byte of the range
     */
    Future<ByteBuffer> get(ObjectKey key, ByteRange range);

    /**
     * Says that a part of an object will soon be read: a decorator that remembers fetches it, and
     * copies nothing. Fails as {@link #get} does.
     */
    default Future<Void> fetchAhead(ObjectKey key, ByteRange range) {
        return get(key, range).mapEmpty();
    }

    /** Deletes an object. Deleting what is not there succeeds. */
    Future<Void> delete(ObjectKey key);

    /** Lists one page of keys, in ascending order of their UTF-8 bytes. Never on a hot path. */
    Future<ObjectPage> list(Listing listing);
}
