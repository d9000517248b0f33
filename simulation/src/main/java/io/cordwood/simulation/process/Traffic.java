package io.cordwood.simulation.process;

import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.ObjectKey;
import io.vertx.core.Future;
import java.util.function.Supplier;

/**
 * The records on their way from a process to the bucket: until the answer comes the process needs
 * memory for them.
 *
 * @param uploads bytes of segments
 * @param entries bytes of entries, which may enclose segments
 */
record Traffic(Holding uploads, Holding entries) {

    /** A write under way. What is done with the answer comes after the bytes were given back. */
    <T> Future<T> upload(ObjectKey key, Bytes bytes, Supplier<Future<T>> request) {
        if (key.value().startsWith(BucketLayout.SEGMENT_PREFIX)) {
            return hold(uploads, bytes.size(), request);
        }
        return key.value().startsWith(BucketLayout.LOG_PREFIX)
                ? hold(entries, bytes.size(), request)
                : request.get();
    }

    private static <T> Future<T> hold(Holding held, int size, Supplier<Future<T>> request) {
        held.take(size);
        return request.get().onComplete(done -> held.giveBack(size));
    }
}
