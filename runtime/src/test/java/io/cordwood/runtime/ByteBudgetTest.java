package io.cordwood.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ByteBudgetTest {

    private final ManualEventLoop loop = new ManualEventLoop();
    private final ByteBudget budget = new ByteBudget(loop,
            new ByteBudget.Settings(100, 2, Duration.ofSeconds(5)));

    @Test
    void whatFitsIsServedAtOnce() {
        assertThat(budget.acquire(100).succeeded()).isTrue();
        assertThat(budget.usedBytes()).isEqualTo(100);
    }

    @Test
    void whatDoesNotFitWaitsUntilBytesAreGivenBack() {
        budget.acquire(60);

        Future<Void> second = budget.acquire(60);
        assertThat(second.isComplete()).isFalse();

        budget.release(60);
        assertThat(second.succeeded()).isTrue();
        assertThat(budget.usedBytes()).isEqualTo(60);
    }

    @Test
    void aSmallRequestDoesNotOvertakeALargeOneThatWaits() {
        budget.acquire(60);
        Future<Void> large = budget.acquire(80);

        Future<Void> small = budget.acquire(10);

        assertThat(small.isComplete()).isFalse();
        budget.release(60);
        assertThat(large.succeeded()).isTrue();
        assertThat(small.succeeded()).isTrue();
    }

    @Test
    void whoWaitsTooLongIsToldToComeBackAndHoldsNothing() {
        budget.acquire(100);
        Future<Void> late = budget.acquire(1);

        loop.advance(Duration.ofSeconds(5));

        assertThat(late.cause()).isInstanceOf(UnavailableException.class);
        budget.release(100);
        assertThat(budget.usedBytes()).isZero();
    }

    @Test
    void whoGivesUpLetsThoseBehindHimThrough() {
        budget.acquire(60);
        budget.acquire(80);
        loop.advance(Duration.ofSeconds(3));
        Future<Void> small = budget.acquire(10);

        loop.advance(Duration.ofSeconds(2));

        assertThat(small.succeeded()).isTrue();
    }

    @Test
    void aFullLineRefusesAtOnce() {
        budget.acquire(100);
        budget.acquire(1);
        budget.acquire(1);

        assertThat(budget.acquire(1).cause()).isInstanceOf(UnavailableException.class);
    }

    @Test
    void aRequestLargerThanTheBudgetIsServedWhenItIsAlone() {
        budget.acquire(1);
        Future<Void> huge = budget.acquire(1_000);

        budget.release(1);

        assertThat(huge.succeeded()).isTrue();
    }
}
