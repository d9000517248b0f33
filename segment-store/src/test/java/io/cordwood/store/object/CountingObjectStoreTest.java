package io.cordwood.store.object;

import static io.cordwood.store.object.StoreUnderTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.store.object.memory.MemoryObjectStore;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class CountingObjectStoreTest implements ObjectStoreContract {

    private final CountingObjectStore store = CountingObjectStore
            .byKey(new MemoryObjectStore(InstantSource.system()));

    @Override
    public ObjectStore store() {
        return store;
    }

    @Test
    void requestsAndBytesAreCounted() {
        ObjectKey key = given("a/1", "12345");
        settled(store.putIfAbsent(key, bytes("123")));
        settled(store.get(key, new ByteRange(1, 2)));
        settled(store.read(key, 10));
        settled(store.read(new ObjectKey("none"), 10));
        settled(store.list(Listing.of("a/")));
        settled(store.delete(key));

        assertThat(store).hasToString(
                "requests PUT=1/5B PUT_IF_ABSENT=1/3B READ=2/5B GET=1/2B DELETE=1/0B LIST=1/0B");
        assertThat(store.calls()).isEqualTo(7);
        assertThat(store.calls(Operation.READ, "a/1")).isEqualTo(1);
        assertThat(store.calls(Operation.LIST, "a/")).isEqualTo(1);
        assertThat(store.calls(Operation.GET, "none")).isZero();
    }

    @Test
    void countingBeginsAgainAtZero() {
        given("a/1", "12345");

        store.reset();

        assertThat(store.calls()).isZero();
        assertThat(store.bytes(Operation.PUT)).isZero();
        assertThat(store.calls(Operation.PUT, "a/1")).isZero();
    }
}
