package io.cordwood.bench;

import io.cordwood.runtime.EventLoop;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ByteSource;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.PutOutcome;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/**
 * A store whose answers to ranged reads come no faster than a connection carries them, each on a
 * connection of its own.
 */
final class ConnectionPace implements ObjectStore {

    private final ObjectStore store;
    private final EventLoop loop;
    private final long bytesPerSecond;

    ConnectionPace(ObjectStore store, EventLoop loop, long bytesPerSecond) {
        this.store = store;
        this.loop = loop;
        this.bytesPerSecond = bytesPerSecond;
    }

    @Override
    public Future<ByteBuffer> get(ObjectKey key, ByteRange range) {
        return store.get(key, range).compose(this::carry);
    }

    @Override
    public Future<Void> put(ObjectKey key, Bytes bytes) {
        return store.put(key, bytes);
    }

    @Override
    public Future<Void> putStream(ObjectKey key, ByteSource source) {
        return store.putStream(key, source);
    }

    @Override
    public Future<PutOutcome> putIfAbsent(ObjectKey key, Bytes bytes) {
        return store.putIfAbsent(key, bytes);
    }

    @Override
    public Future<Optional<ByteBuffer>> read(ObjectKey key, int sizeMax) {
        return store.read(key, sizeMax);
    }

    @Override
    public Future<Void> delete(ObjectKey key) {
        return store.delete(key);
    }

    @Override
    public Future<ObjectPage> list(Listing listing) {
        return store.list(listing);
    }

    private Future<ByteBuffer> carry(ByteBuffer content) {
        Promise<ByteBuffer> arrived = Promise.promise();
        loop.schedule(Duration.ofMillis(content.remaining() * 1_000L / bytesPerSecond),
                () -> arrived.complete(content));
        return arrived.future();
    }
}
