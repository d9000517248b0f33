package io.cordwood.server.observe;

import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ByteSource;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.PutOutcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Counts and times the requests to a store, and the bytes that go there and come back. */
public final class MeteredObjectStore implements ObjectStore {

    private final ObjectStore store;
    private final MeterRegistry meters;
    private final Counter written;
    private final Counter read;

    public MeteredObjectStore(ObjectStore store, MeterRegistry meters) {
        this.store = store;
        this.meters = meters;
        this.written = Counter.builder("cordwood.bucket.written").baseUnit("bytes")
                .description("Bytes written to the bucket").register(meters);
        this.read = Counter.builder("cordwood.bucket.read").baseUnit("bytes")
                .description("Bytes read from the bucket").register(meters);
    }

    @Override
    public Future<Void> put(ObjectKey key, Bytes bytes) {
        return timed("put", () -> store.put(key, bytes))
                .onSuccess(done -> written.increment(bytes.size()));
    }

    @Override
    public Future<Void> putStream(ObjectKey key, ByteSource source) {
        return timed("put_stream", () -> store.putStream(key, () -> source.next()
                .onSuccess(piece -> piece.ifPresent(bytes -> written.increment(bytes.size())))));
    }

    @Override
    public Future<PutOutcome> putIfAbsent(ObjectKey key, Bytes bytes) {
        return timed("put_if_absent", () -> store.putIfAbsent(key, bytes))
                .onSuccess(done -> written.increment(bytes.size()));
    }

    @Override
    public Future<Optional<ByteBuffer>> read(ObjectKey key, int sizeMax) {
        return timed("read", () -> store.read(key, sizeMax))
                .onSuccess(found -> found.ifPresent(bytes -> read.increment(bytes.remaining())));
    }

    @Override
    public Future<ByteBuffer> get(ObjectKey key, ByteRange range) {
        return timed("get", () -> store.get(key, range))
                .onSuccess(bytes -> read.increment(bytes.remaining()));
    }

    @Override
    public Future<Void> delete(ObjectKey key) {
        return timed("delete", () -> store.delete(key));
    }

    @Override
    public Future<ObjectPage> list(Listing listing) {
        return timed("list", () -> store.list(listing));
    }

    private <T> Future<T> timed(String operation, Supplier<Future<T>> request) {
        Timer.Sample sample = Timer.start(meters);
        return request.get().onComplete(done -> sample.stop(Timer
                .builder("cordwood.bucket.requests")
                .description("Requests to the bucket, and how long they took")
                .tag("operation", operation)
                .tag("outcome", outcome(done.succeeded(), done.result()))
                .register(meters)));
    }

    private static String outcome(boolean succeeded, @Nullable Object result) {
        if (!succeeded) {
            return "failed";
        }
        return result instanceof PutOutcome.Unknown ? "unknown" : "done";
    }
}
