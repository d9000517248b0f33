package io.cordwood.store.object.memory;

import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.PutOutcome;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentNavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A store that keeps its objects in memory and forgets them with the process. Every operation takes
 * effect and completes before its method returns, on the caller's thread; any thread may call.
 */
public final class MemoryObjectStore implements ObjectStore {

    private final ConcurrentNavigableMap<String, Stored> objects = new ConcurrentSkipListMap<>();
    private final InstantSource clock;

    /**
     * Creates an empty store.
     *
     * @param clock says when an object was written
     */
    public MemoryObjectStore(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Future<Void> put(ObjectKey key, Bytes bytes) {
        objects.put(key.value(), stored(bytes));
        return Future.succeededFuture();
    }

    @Override
    public Future<PutOutcome> putIfAbsent(ObjectKey key, Bytes bytes) {
        boolean absent = objects.putIfAbsent(key.value(), stored(bytes)) == null;
        return Future.succeededFuture(
                absent ? new PutOutcome.Created() : new PutOutcome.Exists());
    }

    @Override
    public Future<Optional<ByteBuffer>> read(ObjectKey key, int sizeMax) {
        Optional<Stored> found = Optional.ofNullable(objects.get(key.value()));
        if (found.isPresent() && found.get().size() > sizeMax) {
            return Future.failedFuture(new CorruptException(key + " has " + found.get().size()
                    + " bytes, more than the " + sizeMax + " that it may have"));
        }
        return Future.succeededFuture(found.map(object -> object.copy(0, object.size())));
    }

    @Override
    public Future<ByteBuffer> get(ObjectKey key, ByteRange range) {
        return Optional.ofNullable(objects.get(key.value()))
                .filter(object -> object.size() > range.position())
                .map(object -> Future.succeededFuture(object.copy(range)))
                .orElseGet(() -> Future.failedFuture(new MissingObjectException(
                        "no byte " + range.position() + " of " + key + " in memory")));
    }

    @Override
    public Future<Void> delete(ObjectKey key) {
        objects.remove(key.value());
        return Future.succeededFuture();
    }

    @Override
    public Future<ObjectPage> list(Listing listing) {
        List<ObjectPage.Entry> page = new ArrayList<>();
        for (Map.Entry<String, Stored> next : from(listing).entrySet()) {
            if (!next.getKey().startsWith(listing.prefix())) {
                break;
            }
            if (page.size() == listing.keysMax()) {
                return Future.succeededFuture(new ObjectPage(page, false));
            }
            page.add(next.getValue().listed(new ObjectKey(next.getKey())));
        }
        return Future.succeededFuture(new ObjectPage(page, true));
    }

    private ConcurrentNavigableMap<String, Stored> from(Listing listing) {
        return listing.after().compareTo(listing.prefix()) < 0
                ? objects.tailMap(listing.prefix(), true)
                : objects.tailMap(listing.after(), false);
    }

    private Stored stored(Bytes bytes) {
        return new Stored(bytes.copy(), clock.instant());
    }

    /** An object as it is kept; nobody outside ever sees its buffer. */
    private record Stored(ByteBuffer content, Instant modified) {

        int size() {
            return content.limit();
        }

        ByteBuffer copy(ByteRange range) {
            int position = Math.toIntExact(range.position());
            return copy(position, Math.min(range.length(), size() - position));
        }

        ByteBuffer copy(int position, int length) {
            return ByteBuffer.allocate(length).put(content.slice(position, length)).flip();
        }

        ObjectPage.Entry listed(ObjectKey key) {
            return new ObjectPage.Entry(key, size(), modified);
        }
    }
}
