package io.cordwood.store.object.memory;

import static io.cordwood.store.object.StoreUnderTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.ObjectStoreContract;
import io.cordwood.store.object.PoolWorkers;
import io.cordwood.store.object.PutOutcome;
import io.vertx.core.Future;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryObjectStoreTest implements ObjectStoreContract {

    private final MemoryObjectStore store = new MemoryObjectStore(InstantSource.system());

    @Override
    public ObjectStore store() {
        return store;
    }

    @Test
    void everythingCompletesAtOnce() {
        assertThat(store.put(new ObjectKey("a"), bytes("x")).succeeded()).isTrue();
        assertThat(store.read(new ObjectKey("a"), 1).succeeded()).isTrue();
    }

    @Test
    void ofManyThreadsExactlyOneCreates() {
        try (PoolWorkers threads = new PoolWorkers(8)) {
            for (int round = 0; round < 500; round++) {
                ObjectKey key = new ObjectKey("log/" + round);

                List<Future<PutOutcome>> outcomes = IntStream.range(0, 8)
                        .mapToObj(writer -> threads
                                .call(() -> store.putIfAbsent(key, bytes("x")).result()))
                        .toList();

                assertThat(outcomes.stream().map(this::settled)).filteredOn(
                        PutOutcome.Created.class::isInstance).hasSize(1);
            }
        }
    }
}
