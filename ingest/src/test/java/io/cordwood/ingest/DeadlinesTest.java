package io.cordwood.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.commit.RunOutcome;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.cordwood.store.segment.BatchPlace;
import io.cordwood.store.segment.PartitionId;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    private final ManualEventLoop loop = new ManualEventLoop();
    private final Deadlines deadlines = new Deadlines(loop, Duration.ofSeconds(20));

    @Test
    void whoIsNotAnsweredInTimeIsToldSo() {
        PendingAppend append = watched();

        loop.advance(Duration.ofSeconds(20));

        assertThat(append.answer().cause()).isInstanceOf(UnknownOutcomeException.class)
                .hasMessageContaining("20000 ms");
        assertThat(deadlines.watched()).isZero();
    }

    @Test
    void thoseWhoWereAnsweredAreForgotten() {
        watched().conclude(new RunOutcome.Appended(0));
        watched().conclude(new RunOutcome.Appended(1));
        PendingAppend waits = watched();

        deadlines.forgetAnswered();

        assertThat(deadlines.watched()).isEqualTo(1);
        assertThat(waits.answer().isComplete()).isFalse();
    }

    @Test
    void theFirstAnswerCounts() {
        PendingAppend append = watched();
        loop.advance(Duration.ofSeconds(20));

        append.conclude(new RunOutcome.Appended(0));

        assertThat(append.answer().cause()).isInstanceOf(UnknownOutcomeException.class);
    }

    @Test
    void afterAnIdleTimeTheNextOneIsTimedAgain() {
        watched().conclude(new RunOutcome.Appended(0));
        deadlines.forgetAnswered();
        loop.advance(Duration.ofSeconds(60));
        PendingAppend late = watched();

        loop.advance(Duration.ofSeconds(20));

        assertThat(late.answer().failed()).isTrue();
    }

    @Test
    void allWhoWaitCanBeToldAtOnce() {
        PendingAppend append = watched();
        UnavailableException reason = new UnavailableException("closing");

        deadlines.endAll(reason);

        assertThat(append.answer().cause()).isSameAs(reason);
        assertThat(deadlines.watched()).isZero();
    }

    private PendingAppend watched() {
        PendingAppend append = new PendingAppend(new PartitionId(new UUID(1, 2), 0),
                new BatchPlace(0, 0), new PendingAppend.Size(1, 10), loop.nanoTime());
        deadlines.watch(append);
        return append;
    }
}
