package io.cordwood.manifest.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final Backoff backoff = Backoff.standard(new Random(1));

    @Test
    void theWaitDoublesUpToABoundAndIsNeverLessThanHalf() {
        for (int failures = 1; failures < 100; failures++) {
            long bound = Math.min(2_000, failures < 10 ? 50L << (failures - 1) : 2_000);
            for (int i = 0; i < 100; i++) {
                assertThat(backoff.delay(failures)).isBetween(Duration.ofMillis(bound / 2),
                        Duration.ofMillis(bound));
            }
        }
    }

    @Test
    void thoseWhoFailedTogetherDoNotComeBackTogether() {
        assertThat(IntStream.range(0, 50)
                .mapToObj(i -> backoff.delay(10)).distinct()).hasSizeGreaterThan(40);
    }
}
