package io.cordwood.cache;

import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.PutOutcome;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A bucket in memory that notes the ranges it is asked for. It can hold its answers back: the
 * operation has happened then, and the asker does not know it yet.
 */
final class TracedStore implements ObjectStore {

    private final MemoryObjectStore objects = new MemoryObjectStore(
            InstantSource.fixed(Instant.EPOCH));
    private final List<ByteRange> gets = new ArrayList<>();
    private final ArrayDeque<Throwable> failures = new ArrayDeque<>();
    private final ArrayDeque<Runnable> held = new ArrayDeque<>();
    private boolean holding;

    /** The ranges asked for since the last time. */
    List<ByteRange> takeGets() {
        List<ByteRange> taken = List.copyOf(gets);
        gets.clear();
        return taken;
    }

    /** The next operation fails. */
    void failNext(Throwable failure) {
        failures.add(failure);
    }

    /** Holds back all answers until they are released. */
    void hold() {
        holding = true;
    }

    /** Answers what is asked from now on at once. */
    void holdOnlyWhatIsHeld() {
        holding = false;
    }

    /** Gives the answers that were held back, in their order, and holds none any more. */
    void release() {
        holding = false;
        for (Runnable answer = held.poll(); answer != null; answer = held.poll()) {
            answer.run();
        }
    }

    @Override
    public Future<Void> put(ObjectKey key, Bytes bytes) {
        return answer(objects.put(key, bytes));
    }

    @Override
    public Future<PutOutcome> putIfAbsent(ObjectKey key, Bytes bytes) {
        if (!failures.isEmpty()) {
            return Future.succeededFuture(new PutOutcome.Unknown(failures.remove()));
        }
        return answer(objects.putIfAbsent(key, bytes));
    }

    @Override
    public Future<Optional<ByteBuffer>> read(ObjectKey key, int sizeMax) {
        return answer(objects.read(key, sizeMax));
    }

    @Override
    public Future<ByteBuffer> get(ObjectKey key, ByteRange range) {
        gets.add(range);
        return answer(objects.get(key, range));
    }

    @Override
    public Future<Void> delete(ObjectKey key) {
        return answer(objects.delete(key));
    }

    @Override
    public Future<ObjectPage> list(Listing listing) {
        return answer(objects.list(listing));
    }

    private <T> Future<T> answer(Future<T> result) {
        if (!failures.isEmpty()) {
            return Future.failedFuture(failures.remove());
        }
        if (!holding) {
            return result;
        }
        Promise<T> later = Promise.promise();
        held.add(() -> result.onComplete(later));
        return later.future();
    }
}
