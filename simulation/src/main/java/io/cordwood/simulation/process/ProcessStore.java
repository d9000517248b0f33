package io.cordwood.simulation.process;

import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.PutOutcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The bucket as a process reaches it. What was sent goes on when the process ends, but no answer
 * arrives and nothing more is sent.
 */
record ProcessStore(ObjectStore bucket, Lifeline lifeline, Trap trap, Traffic traffic)
        implements
            ObjectStore {

    @Override
    public Future<Void> put(ObjectKey key, Bytes bytes) {
        return traffic.upload(key, bytes, () -> send(() -> bucket.put(key, bytes)));
    }

    @Override
    public Future<PutOutcome> putIfAbsent(ObjectKey key, Bytes bytes) {
        return traffic.upload(key, bytes, () -> send(() -> bucket.putIfAbsent(key, bytes)));
    }

    @Override
    public Future<Optional<ByteBuffer>> read(ObjectKey key, int sizeMax) {
        return send(() -> bucket.read(key, sizeMax));
    }

    @Override
    public Future<ByteBuffer> get(ObjectKey key, ByteRange range) {
        return send(() -> bucket.get(key, range));
    }

    @Override
    public Future<Void> delete(ObjectKey key) {
        return send(() -> bucket.delete(key));
    }

    @Override
    public Future<ObjectPage> list(Listing listing) {
        return send(() -> bucket.list(listing));
    }

    private <T> Future<T> send(Supplier<Future<T>> request) {
        Promise<T> answer = Promise.promise();
        lifeline.deliver(() -> {
            Future<T> sent = request.get();
            trap.step();
            sent.onComplete(done -> lifeline.deliver(() -> {
                trap.step();
                lifeline.deliver(() -> answer.handle(done));
            }));
        });
        return answer.future();
    }
}
