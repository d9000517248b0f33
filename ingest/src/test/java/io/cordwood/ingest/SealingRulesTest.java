package io.cordwood.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.ingest.SealingRules.Filling;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class SealingRulesTest {

    private static final Filling LITTLE = new Filling(1_000, 0);
    private static final Filling MUCH = new Filling(SealingRules.WORTH_BYTES, 0);

    private final SealingRules rules = new SealingRules(1_000, 2);
    private final FlushPace rested = FlushPace.rested(Duration.ofMillis(250), 0);
    private final FlushPace spent = new FlushPace(rested.intervalNanos(), 0, 0);

    @Test
    void aSegmentTakesWhatStillFits() {
        assertThat(rules.hasRoom(900, 100)).isTrue();
        assertThat(rules.hasRoom(900, 101)).isFalse();
    }

    @Test
    void aBatchLargerThanASegmentTravelsAlone() {
        assertThat(rules.hasRoom(0, 5_000)).isTrue();
        assertThat(rules.hasRoom(5_000, 1)).isFalse();
    }

    @Test
    void whatCanBePaidIsSealedNow() {
        assertThat(rules.judge(rested, 0, LITTLE, 0))
                .isEqualTo(new Sealing.Now(SealCause.PACE));
    }

    @Test
    void whatCannotBePaidWaitsForTheNextCredit() {
        assertThat(rules.judge(spent, 0, LITTLE, Duration.ofMillis(100).toNanos()))
                .isEqualTo(new Sealing.After(Duration.ofMillis(150)));
    }

    @Test
    void whileTooManyAreOnTheirWayEvenWhatCanBePaidWaits() {
        assertThat(rules.judge(rested, 1, LITTLE, 0))
                .isEqualTo(new Sealing.Now(SealCause.PACE));
        assertThat(rules.judge(rested, 2, LITTLE, 0)).isEqualTo(new Sealing.AfterCommit());
    }

    @Test
    void whatIsWorthAWriteIsSealedWhenNothingMoreComes() {
        assertThat(rules.judge(spent, 0, MUCH, Duration.ofMillis(2).toNanos()))
                .isEqualTo(new Sealing.After(Duration.ofMillis(3)));
        assertThat(rules.judge(spent, 0, MUCH, SealingRules.LULL.toNanos()))
                .isEqualTo(new Sealing.Now(SealCause.LULL));
        assertThat(rules.judge(spent, 0, LITTLE, Duration.ofMillis(150).toNanos()))
                .isEqualTo(new Sealing.After(Duration.ofMillis(100)));
    }

    @Test
    void whileOthersAreOnTheirWayItWaitsForThoseWhoAreAnswered() {
        assertThat(rules.judge(spent, 1, MUCH, Duration.ofMillis(150).toNanos()))
                .isEqualTo(new Sealing.After(Duration.ofMillis(100)));
    }

    @Test
    void aCreditThatComesBeforeTheLullIsOverIsNotWaitedPast() {
        Filling justNow = new Filling(SealingRules.WORTH_BYTES, Duration.ofMillis(248).toNanos());

        assertThat(rules.judge(spent, 0, justNow, Duration.ofMillis(248).toNanos()))
                .isEqualTo(new Sealing.After(Duration.ofMillis(2)));
    }
}
