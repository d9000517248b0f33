package io.cordwood.cache;

import io.cordwood.runtime.Invariant;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.ObjectKey;
import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/**
 * Blocks from the peers that own them, and from the bucket if those do not answer. What is on its
 * way from peers has room of its own: none of it keeps a request waiting that goes to the bucket,
 * for itself or for a peer.
 */
final class PeerReads {

    private final BucketReads bucket;
    private final LoadGate gate;
    private final LongAdder reads = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final LongAdder fallbacks = new LongAdder();

    /**
     * Nothing read yet.
     *
     * @param bytesMax what may be on its way from peers at one time, but for one request
     */
    PeerReads(BucketReads bucket, long bytesMax) {
        this.bucket = bucket;
        this.gate = new LoadGate(bytesMax);
    }

    /** The blocks of a range that begins where a block does, as {@link Block#cut} has them. */
    Future<List<Block>> get(Peers.Peer owner, ObjectKey object, ByteRange range) {
        return gate.enter(range.length()).compose(entered -> owner.read(object, range))
                .map(answer -> cut(answer, range))
                .onComplete(done -> gate.leave(range.length()))
                .recover(failure -> {
                    Invariant.rethrow(failure);
                    fallbacks.increment();
                    return bucket.get(object, range);
                });
    }

    /** Reads that peers have answered, their bytes, and those that they have not. */
    CacheStatistics.Asked statistics() {
        return new CacheStatistics.Asked(reads.sum(), bytes.sum(), fallbacks.sum());
    }

    private List<Block> cut(Bytes answer, ByteRange range) {
        if (answer.size() == 0 || answer.size() > range.length()) {
            throw new UnavailableException("a peer answered with " + answer.size()
                    + " bytes where " + range.length() + " were asked for");
        }
        reads.increment();
        bytes.add(answer.size());
        return Block.cut(answer, range.length());
    }
}
