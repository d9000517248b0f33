package io.cordwood.store.object;

import static io.cordwood.store.object.StoreUnderTest.bytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LaggingObjectStoreTest implements ObjectStoreContract {

    private static final ObjectKey KEY = new ObjectKey("a");

    private final ManualEventLoop loop = new ManualEventLoop();
    private final MemoryObjectStore inner = new MemoryObjectStore(loop::now);
    private final LaggingObjectStore store = new LaggingObjectStore(inner, loop,
            operation -> Duration.ofMillis(operation.isWrite() ? 75 : 20));

    @Override
    public ObjectStore store() {
        return store;
    }

    @Override
    public <T> T settled(Future<T> future) {
        return loop.await(future);
    }

    @Test
    void anOperationTakesItsTimeAndLandsHalfway() {
        Future<PutOutcome> write = store.putIfAbsent(KEY, bytes("x"));

        loop.advance(Duration.ofMillis(37));
        assertThat(inner.read(KEY, 1).result()).isEmpty();
        loop.advance(Duration.ofMillis(1));
        assertThat(inner.read(KEY, 1).result()).isPresent();
        assertThat(write.isComplete()).isFalse();
        loop.advance(Duration.ofMillis(37));

        assertThat(write.succeeded()).isTrue();
    }

    @Test
    void eachKindOfOperationHasItsOwnDelay() {
        Future<?> read = store.read(KEY, 1);
        Future<?> write = store.put(KEY, bytes("x"));

        loop.advance(Duration.ofMillis(20));

        assertThat(read.isComplete()).isTrue();
        assertThat(write.isComplete()).isFalse();
    }

    @Test
    void delaysHaveTheMedianAndTheTailThatWereAskedFor() {
        LogNormalLag lag = new LogNormalLag(new Random(7), Duration.ofMillis(30),
                Duration.ofMillis(200));

        double[] millis = Stream.generate(() -> lag.apply(Operation.PUT)).limit(10_000)
                .mapToDouble(delay -> delay.toNanos() / 1e6).sorted().toArray();

        assertThat(millis[5_000]).isBetween(28.0, 32.0);
        assertThat(millis[9_900]).isBetween(170.0, 230.0);
    }

    @Test
    void theSameSeedGivesTheSameDelays() {
        LogNormalLag one = new LogNormalLag(new Random(7), Duration.ofMillis(5),
                Duration.ofMillis(20));
        LogNormalLag two = new LogNormalLag(new Random(7), Duration.ofMillis(5),
                Duration.ofMillis(20));

        assertThat(one.apply(Operation.GET)).isEqualTo(two.apply(Operation.GET));
    }
}
