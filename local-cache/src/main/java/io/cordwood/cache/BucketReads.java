package io.cordwood.cache;

import io.cordwood.runtime.Invariant;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Blocks from the bucket, which is asked for no more at a time than there is room for. Waits for
 * nothing but the bucket, so that nodes which wait for each other's never wait in a circle.
 */
final class BucketReads {

    private final ObjectStore bucket;
    private final LoadGate gate;
    private final LongAdder gets = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder bytes = new LongAdder();

    /**
     * Nothing read yet.
     *
     * @param bytesMax what may be on its way at one time, but for one request
     */
    BucketReads(ObjectStore bucket, long bytesMax) {
        this.bucket = bucket;
        this.gate = new LoadGate(bytesMax);
    }

    /** The blocks of a range that begins where a block does, as {@link Block#cut} has them. */
    Future<List<Block>> get(ObjectKey object, ByteRange range) {
        return gate.enter(range.length()).compose(entered -> request(object, range))
                .map(buffer -> Block.cut(buffer, range.length()))
                .onComplete(done -> gate.leave(range.length()));
    }

    CacheStatistics.Bucket statistics() {
        return new CacheStatistics.Bucket(gets.sum(), failures.sum(), bytes.sum());
    }

    private Future<ByteBuffer> request(ObjectKey object, ByteRange range) {
        gets.increment();
        return Future.<Void>succeededFuture().compose(nothing -> bucket.get(object, range))
                .map(buffer -> {
                    Invariant.check(buffer.hasRemaining(), "a range of %s is not empty", object);
                    Invariant.check(buffer.remaining() <= range.length(),
                            "a store answers no more than was asked of %s", object);
                    bytes.add(buffer.remaining());
                    return buffer;
                }).onFailure(failure -> failures.increment());
    }
}
