package io.cordwood.store.object;

import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts what a store is asked for, and the bytes of objects that go in and come out. A request
 * counts when it is made, bytes written count with it, bytes read when they arrive. Any thread may
 * call.
 */
public final class CountingObjectStore implements ObjectStore {

    private final ObjectStore store;
    private final Map<Operation, LongAdder> calls = new EnumMap<>(Operation.class);
    private final Map<Operation, LongAdder> bytes = new EnumMap<>(Operation.class);
    private final Optional<Map<String, LongAdder>> callsByName;

    private CountingObjectStore(ObjectStore store, Optional<Map<String, LongAdder>> callsByName) {
        this.store = store;
        this.callsByName = callsByName;
        for (Operation operation : Operation.values()) {
            calls.put(operation, new LongAdder());
            bytes.put(operation, new LongAdder());
        }
    }

    /** Counts operations only. */
    public CountingObjectStore(ObjectStore store) {
        this(store, Optional.empty());
    }

    /** Counts operations on every key as well, in memory that grows with the keys. */
    public static CountingObjectStore byKey(ObjectStore store) {
        return new CountingObjectStore(store, Optional.of(new ConcurrentHashMap<>()));
    }

    /** All requests so far. */
    public long calls() {
        return calls.values().stream().mapToLong(LongAdder::sum).sum();
    }

    /** The requests of a kind so far. */
    public long calls(Operation operation) {
        return counter(calls, operation).sum();
    }

    /** The requests of a kind for a key so far, or for a prefix if the kind is a listing. */
    public long calls(Operation operation, String name) {
        Map<String, LongAdder> counters = callsByName
                .orElseThrow(() -> new IllegalStateException("not counting by key"));
        return Optional.ofNullable(counters.get(named(operation, name))).map(LongAdder::sum)
                .orElse(0L);
    }

    /** The bytes of objects that were moved by requests of a kind so far. */
    public long bytes(Operation operation) {
        return counter(bytes, operation).sum();
    }

    /** Begins again at zero. */
    public void reset() {
        calls.values().forEach(LongAdder::reset);
        bytes.values().forEach(LongAdder::reset);
        callsByName.ifPresent(Map::clear);
    }

    @Override
    public Future<Void> put(ObjectKey key, Bytes content) {
        count(Operation.PUT, key.value());
        counter(bytes, Operation.PUT).add(content.size());
        return store.put(key, content);
    }

    @Override
    public Future<Void> putStream(ObjectKey key, ByteSource source) {
        count(Operation.PUT, key.value());
        return store.putStream(key, () -> source.next().onSuccess(piece -> piece
                .ifPresent(content -> counter(bytes, Operation.PUT).add(content.size()))));
    }

    @Override
    public Future<PutOutcome> putIfAbsent(ObjectKey key, Bytes content) {
        count(Operation.PUT_IF_ABSENT, key.value());
        counter(bytes, Operation.PUT_IF_ABSENT).add(content.size());
        return store.putIfAbsent(key, content);
    }

    @Override
    public Future<Optional<ByteBuffer>> read(ObjectKey key, int sizeMax) {
        count(Operation.READ, key.value());
        return store.read(key, sizeMax).onSuccess(found -> found
                .ifPresent(content -> counter(bytes, Operation.READ).add(content.remaining())));
    }

    @Override
    public Future<ByteBuffer> get(ObjectKey key, ByteRange range) {
        count(Operation.GET, key.value());
        return store.get(key, range)
                .onSuccess(content -> counter(bytes, Operation.GET).add(content.remaining()));
    }

    @Override
    public Future<Void> delete(ObjectKey key) {
        count(Operation.DELETE, key.value());
        return store.delete(key);
    }

    @Override
    public Future<ObjectPage> list(Listing listing) {
        count(Operation.LIST, listing.prefix());
        return store.list(listing);
    }

    /** The counts on one line, for a test's report. */
    @Override
    public String toString() {
        StringBuilder line = new StringBuilder("requests");
        for (Operation operation : Operation.values()) {
            line.append(' ').append(operation).append('=').append(calls(operation)).append('/')
                    .append(bytes(operation)).append('B');
        }
        return line.toString();
    }

    private void count(Operation operation, String name) {
        counter(calls, operation).increment();
        callsByName.ifPresent(counters -> counters
                .computeIfAbsent(named(operation, name), first -> new LongAdder()).increment());
    }

    private static String named(Operation operation, String name) {
        return operation + " " + name;
    }

    private static LongAdder counter(Map<Operation, LongAdder> counters, Operation operation) {
        return Optional.ofNullable(counters.get(operation)).orElseThrow();
    }
}
