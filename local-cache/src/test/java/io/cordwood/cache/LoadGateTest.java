package io.cordwood.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class LoadGateTest {

    private final LoadGate gate = new LoadGate(100);

    @Test
    void whatFitsGoesAtOnceAndTheRestInItsOrder() {
        assertThat(gate.enter(60).succeeded()).isTrue();
        Future<Void> large = gate.enter(50);
        Future<Void> small = gate.enter(10);
        assertThat(large.isComplete()).isFalse();
        assertThat(small.isComplete()).as("nobody is overtaken").isFalse();

        gate.leave(60);

        assertThat(large.succeeded()).isTrue();
        assertThat(small.succeeded()).isTrue();
        assertThat(gate.bytes()).isEqualTo(60);
    }

    @Test
    void whatIsLargerThanTheBoundGoesAlone() {
        gate.enter(1);
        Future<Void> huge = gate.enter(1_000);
        assertThat(huge.isComplete()).isFalse();

        gate.leave(1);

        assertThat(huge.succeeded()).isTrue();
        assertThat(gate.enter(1).isComplete()).isFalse();
    }

    @Test
    void aLongLineThatIsServedAtOnceTakesNoStack() {
        List<Future<Void>> line = new ArrayList<>();
        gate.enter(100);
        for (int i = 0; i < 100_000; i++) {
            line.add(gate.enter(100).onSuccess(entered -> gate.leave(100)));
        }

        gate.leave(100);

        assertThat(line).allMatch(Future::succeeded);
        assertThat(gate.bytes()).isZero();
    }

    @Test
    void manyThreadsNeverHoldMoreThanTheBound() throws InterruptedException {
        AtomicLong held = new AtomicLong();
        AtomicLong most = new AtomicLong();
        List<Thread> threads = new ArrayList<>();
        CountDownLatch entered = new CountDownLatch(4_000);
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int j = 0; j < 1_000; j++) {
                    gate.enter(30).onSuccess(in -> {
                        most.accumulateAndGet(held.addAndGet(30), Math::max);
                        held.addAndGet(-30);
                        gate.leave(30);
                        entered.countDown();
                    });
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        entered.await();

        assertThat(most.get()).isLessThanOrEqualTo(100);
        assertThat(gate.bytes()).isZero();
    }
}
