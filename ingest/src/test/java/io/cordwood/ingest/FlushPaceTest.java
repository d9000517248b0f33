package io.cordwood.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class FlushPaceTest {

    private static final long INTERVAL = Duration.ofMillis(250).toNanos();
    /** Close to the largest number, since the origin of the clock is anywhere. */
    private static final long START = Long.MAX_VALUE - INTERVAL;

    private FlushPace pace = FlushPace.rested(Duration.ofMillis(250), START);

    @Test
    void afterAPauseAFewFlushesCanBePaidAtOnce() {
        for (int i = 0; i < FlushPace.CREDITS_MAX; i++) {
            assertThat(pace.hasCredit()).isTrue();
            pace = pace.flushed(START);
        }

        assertThat(pace.hasCredit()).isFalse();
    }

    @Test
    void oneCreditAccruesPerInterval() {
        spendAll();

        assertThat(pace.at(START + INTERVAL - 1).hasCredit()).isFalse();
        assertThat(pace.at(START + INTERVAL).credits()).isEqualTo(1);
        assertThat(pace.at(START + 3 * INTERVAL).credits()).isEqualTo(3);
    }

    @Test
    void partOfAnIntervalIsNotForgottenByLooking() {
        spendAll();

        for (long passed = 0; passed < INTERVAL; passed += INTERVAL / 10) {
            pace = pace.at(START + passed);
        }

        assertThat(pace.at(START + INTERVAL).hasCredit()).isTrue();
    }

    @Test
    void noMoreThanAFewAreSavedHoweverLongThePause() {
        pace = pace.at(START + 1_000_000 * INTERVAL);

        assertThat(pace.credits()).isEqualTo(FlushPace.CREDITS_MAX);
    }

    @Test
    void aFullPurseEarnsNothingUntilSomethingIsSpent() {
        long later = START + 10 * INTERVAL + INTERVAL / 2;
        for (int i = 0; i < FlushPace.CREDITS_MAX; i++) {
            pace = pace.flushed(later);
        }

        assertThat(pace.untilCredit(later)).isEqualTo(Duration.ofNanos(INTERVAL));
    }

    @Test
    void aFlushThatCannotBePaidTakesTheCreditInTheMaking() {
        spendAll();
        long almost = START + INTERVAL - 1;

        pace = pace.flushed(almost);

        assertThat(pace.at(START + INTERVAL).hasCredit()).isFalse();
        assertThat(pace.untilCredit(almost)).isEqualTo(Duration.ofNanos(INTERVAL));
    }

    @Test
    void theNextCreditIsNeverFurtherThanAnInterval() {
        spendAll();

        for (long passed = 0; passed < 3 * INTERVAL; passed += 7_000_001) {
            assertThat(pace.untilCredit(START + passed)).isPositive()
                    .isLessThanOrEqualTo(Duration.ofNanos(INTERVAL));
        }
    }

    private void spendAll() {
        while (pace.hasCredit()) {
            pace = pace.flushed(START);
        }
    }
}
