package io.cordwood.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.runtime.ManualEventLoop;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class AheadBudgetTest {

    private static final long BYTES = 1_000;

    private final ManualEventLoop loop = new ManualEventLoop();
    private final AheadBudget<String> budget = new AheadBudget<>(loop, BYTES);

    @Test
    void oneReaderAloneMayHaveAll() {
        assertThat(budget.share()).isEqualTo(BYTES);
    }

    @Test
    void readersComeToTheSameShares() {
        for (int round = 0; round < 20; round++) {
            for (String reader : new String[]{"a", "b", "c", "d"}) {
                takeAll(reader);
            }
        }

        for (String reader : new String[]{"a", "b", "c", "d"}) {
            budget.release(reader);
            assertThat(budget.share()).isBetween(BYTES / 5, BYTES / 3);
            takeAll(reader);
        }
    }

    @Test
    void theBoundHoldsWhoeverComes() {
        long held = 0;
        for (int reader = 0; reader < 100; reader++) {
            long share = budget.share();
            budget.hold("reader " + reader, share);
            held += share;
        }

        assertThat(held).isLessThanOrEqualTo(BYTES);
    }

    @Test
    void whoIsNotHeardOfForSomeTimeHoldsNothing() {
        takeAll("gone");
        loop.advance(Duration.ofSeconds(6));
        takeAll("here");

        loop.advance(Duration.ofSeconds(6));

        budget.release("here");
        assertThat(budget.share()).isEqualTo(BYTES);
    }

    private void takeAll(String reader) {
        budget.release(reader);
        budget.hold(reader, budget.share());
    }
}
