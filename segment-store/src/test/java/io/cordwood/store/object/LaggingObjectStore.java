package io.cordwood.store.object;

import io.cordwood.runtime.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Takes its time. An operation takes effect when half of its delay has passed, so that others can
 * see what its caller does not know yet, and completes on the loop.
 */
public final class LaggingObjectStore implements ObjectStore {

    private final ObjectStore store;
    private final EventLoop loop;
    private final Function<Operation, Duration> lag;

    /**
     * Creates the decorator.
     *
     * @param loop whose timers are used; the store is called on it
     * @param lag draws how long an operation takes, on the caller's thread
     */
    public LaggingObjectStore(ObjectStore store, EventLoop loop,
            Function<Operation, Duration> lag) {
        this.store = store;
        this.loop = loop;
        this.lag = lag;
    }

    @Override
    public Future<Void> put(ObjectKey key, Bytes bytes) {
        return delayed(Operation.PUT, () -> store.put(key, bytes));
    }

    @Override
    public Future<PutOutcome> putIfAbsent(ObjectKey key, Bytes bytes) {
        return delayed(Operation.PUT_IF_ABSENT, () -> store.putIfAbsent(key, bytes));
    }

    @Override
    public Future<Optional<ByteBuffer>> read(ObjectKey key, int sizeMax) {
        return delayed(Operation.READ, () -> store.read(key, sizeMax));
    }

    @Override
    public Future<ByteBuffer> get(ObjectKey key, ByteRange range) {
        return delayed(Operation.GET, () -> store.get(key, range));
    }

    @Override
    public Future<Void> delete(ObjectKey key) {
        return delayed(Operation.DELETE, () -> store.delete(key));
    }

    @Override
    public Future<ObjectPage> list(Listing listing) {
        return delayed(Operation.LIST, () -> store.list(listing));
    }

    private <T> Future<T> delayed(Operation operation, Supplier<Future<T>> request) {
        Duration there = lag.apply(operation).dividedBy(2);
        Promise<T> answer = Promise.promise();
        loop.schedule(there, () -> request.get().onComplete(
                done -> loop.schedule(there, () -> answer.handle(done))));
        return answer.future();
    }
}
