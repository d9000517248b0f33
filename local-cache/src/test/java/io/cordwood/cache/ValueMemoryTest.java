package io.cordwood.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.cache.ValueMemory.Bounds;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ValueMemoryTest {

    private static final int SIZE = 1_000;

    private final ValueMemory<Integer, String> memory = new ValueMemory<>(
            new Bounds(20_000, 10_000), value -> SIZE);
    private final List<Promise<String>> loads = new ArrayList<>();

    @Test
    void aValueIsLoadedOnceForAllWhoWaitAndThenRemembered() {
        Future<String> first = get(1);
        Future<String> second = get(1);
        assertThat(loads).hasSize(1);

        loads.getFirst().complete("one");

        assertThat(first.result()).isEqualTo("one");
        assertThat(second.result()).isEqualTo("one");
        assertThat(get(1).result()).isEqualTo("one");
        assertThat(loads).hasSize(1);
    }

    @Test
    void whatFailsIsToldToAllWhoWaitAndTriedAgainByWhoeverAsksNext() {
        Future<String> first = get(1);
        Future<String> second = get(1);

        loads.getFirst().fail("not there");

        assertThat(first.cause()).hasMessage("not there");
        assertThat(second.cause()).hasMessage("not there");
        get(1);
        assertThat(loads).hasSize(2);
    }

    @Test
    void noMoreIsLoadedAtATimeThanThereIsRoomFor() {
        get(1);
        get(2);
        get(3);
        assertThat(loads).hasSize(2);

        loads.getFirst().complete("one");

        assertThat(loads).hasSize(3);
    }

    @Test
    void noMoreIsRememberedThanThereIsRoomFor() {
        for (int key = 0; key < 1_000; key++) {
            get(key);
            loads.getLast().complete("value");
            assertThat(memory.statistics().bytes()).isLessThanOrEqualTo(20_000);
        }

        assertThat(memory.statistics().bytes()).isGreaterThan(10_000);
        assertThat(memory.statistics().evictions()).isPositive();
        assertThat(memory.statistics().misses()).isEqualTo(1_000);
    }

    /** As a reader does who goes through all, with the next value loaded ahead. */
    @Test
    void whatCameLastStaysUntilItIsReadThoughTheMemoryIsFullOfWhatIsUsed() {
        for (int round = 0; round < 4; round++) {
            for (int key = 0; key < 20; key++) {
                load(key);
            }
        }
        load(100);
        load(101);
        int loaded = loads.size();

        assertThat(get(100).succeeded()).isTrue();
        assertThat(get(101).succeeded()).isTrue();
        assertThat(loads).hasSize(loaded);
    }

    private void load(int key) {
        get(key);
        loads.getLast().tryComplete("value");
    }

    private Future<String> get(int key) {
        return memory.get(key, () -> {
            loads.add(Promise.promise());
            return loads.getLast().future();
        });
    }
}
