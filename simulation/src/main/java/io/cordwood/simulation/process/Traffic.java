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
 * @param uploads bytes of segments and of entries, which may enclose segments
 */
record Traffic(Holding uploads) {

    /** A write under way. What is done with the answer comes after the bytes were given back. */
    <T> Future<T> upload(ObjectKey key, Bytes bytes, Supplier<Future<T>> request) {
        boolean holdsRecords = key.value().startsWith(BucketLayout.SEGMENT_PREFIX)
                || key.value().startsWith(BucketLayout.LOG_PREFIX);
        int size = holdsRecords ? bytes.size() : 0;
        uploads.take(size);
        return request.get().onComplete(done -> uploads.giveBack(size));
    }
}
