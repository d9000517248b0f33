package io.cordwood.simulation.world;

import io.cordwood.simulation.truth.Truth;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.PutOutcome;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Tells the truth of every entry in the moment in which it is created, whoever learns of it, and
 * counts what is deleted.
 */
final class Witness implements ObjectStore {

    private final ObjectStore bucket;
    private final Truth truth;
    private final Deletions deletions;

    /** A witness of a bucket that acts at once. */
    Witness(ObjectStore bucket, Truth truth, Deletions deletions) {
        this.bucket = bucket;
        this.truth = truth;
        this.deletions = deletions;
    }

    @Override
    public Future<Void> put(ObjectKey key, Bytes bytes) {
        return bucket.put(key, bytes);
    }

    @Override
    public Future<PutOutcome> putIfAbsent(ObjectKey key, Bytes bytes) {
        return bucket.putIfAbsent(key, bytes).onSuccess(outcome -> {
            if (outcome instanceof PutOutcome.Created
                    && key.value().startsWith(BucketLayout.LOG_PREFIX)) {
                truth.created(BucketLayout.sequence(key), bytes.copy());
            }
        });
    }

    @Override
    public Future<Optional<ByteBuffer>> read(ObjectKey key, int sizeMax) {
        return bucket.read(key, sizeMax);
    }

    @Override
    public Future<ByteBuffer> get(ObjectKey key, ByteRange range) {
        return bucket.get(key, range);
    }

    @Override
    public Future<Void> delete(ObjectKey key) {
        return bucket.read(key, Integer.MAX_VALUE).compose(found -> {
            if (found.isPresent()) {
                deletions.deleted(key);
            }
            return bucket.delete(key);
        });
    }

    @Override
    public Future<ObjectPage> list(Listing listing) {
        return bucket.list(listing);
    }
}
