package io.cordwood.manifest.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.runtime.ManualEventLoop;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MomentTest {

    private static final Duration HOUR = Duration.ofHours(1);

    private final ManualEventLoop loop = new ManualEventLoop();

    @Test
    void timePassesByBothClocks() {
        Moment moment = Moment.now(loop);

        loop.advance(HOUR);

        assertThat(moment.elapsed(loop)).isEqualTo(HOUR);
    }

    @Test
    void aMachineThatSleptDoesNotUnderestimateTheDelay() {
        Moment steadyClockStood = new Moment(loop.nanoTime(), loop.now().minus(HOUR));

        assertThat(steadyClockStood.elapsed(loop)).isEqualTo(HOUR);
    }

    @Test
    void aWallClockThatWasSetBackDoesNotEither() {
        Moment wallClockFell = new Moment(loop.nanoTime() - HOUR.toNanos(), loop.now().plus(HOUR));

        assertThat(wallClockFell.elapsed(loop)).isEqualTo(HOUR);
    }

    @Test
    void whatWasNeverKnownIsLongAgo() {
        assertThat(Moment.NEVER.elapsed(loop)).isGreaterThan(ManifestLog.ENTRY_RETENTION);
    }
}
