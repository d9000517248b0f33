package io.cordwood.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SealingRulesTest {

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
        assertThat(rules.judge(rested, 0, 0)).isEqualTo(new Sealing.Now());
    }

    @Test
    void whatCannotBePaidWaitsForTheNextCredit() {
        assertThat(rules.judge(spent, 0, Duration.ofMillis(100).toNanos()))
                .isEqualTo(new Sealing.After(Duration.ofMillis(150)));
    }

    @Test
    void whileTooManyAreOnTheirWayEvenWhatCanBePaidWaits() {
        assertThat(rules.judge(rested, 1, 0)).isEqualTo(new Sealing.Now());
        assertThat(rules.judge(rested, 2, 0)).isEqualTo(new Sealing.AfterCommit());
    }
}
