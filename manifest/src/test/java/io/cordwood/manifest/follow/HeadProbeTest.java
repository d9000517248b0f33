package io.cordwood.manifest.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.ManifestFixture;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.FailingObjectStore;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.memory.MemoryObjectStore;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HeadProbeTest {

    private final ManualEventLoop loop = new ManualEventLoop();
    private final MemoryObjectStore bucket = new MemoryObjectStore(loop::now);
    private final FailingObjectStore failing = new FailingObjectStore(bucket, FaultPolicy.none());
    private final CountingObjectStore store = new CountingObjectStore(failing);
    private final ManifestFixture process = ManifestFixture.elected(store, loop, 1);

    @Test
    void anIdleHourCostsOneSmallReadPerInterval() {
        new HeadProbe(process.follower(), loop).start();
        store.reset();

        loop.advance(Duration.ofHours(1));

        assertThat(store.calls()).isLessThanOrEqualTo(
                Duration.ofHours(1).dividedBy(HeadProbe.INTERVAL)).isGreaterThan(300);
        assertThat(store.calls(Operation.READ)).isEqualTo(store.calls());
    }

    @Test
    void whatOthersWriteIsSeenSoon() {
        new HeadProbe(process.follower(), loop).start();
        loop.advance(Duration.ofSeconds(1));
        ManifestFixture other = ManifestFixture.elected(bucket, loop, 2);

        loop.advance(HeadProbe.INTERVAL.multipliedBy(2));

        assertThat(process.state().position()).isEqualTo(other.state().position());
    }

    @Test
    void aNodeThatCommitsAllTheTimeHasNothingToLookFor() {
        new HeadProbe(process.follower(), loop).start();
        store.reset();
        for (int i = 0; i < 100; i++) {
            process.createTopic("topic-" + i, 1);
            loop.advance(Duration.ofSeconds(1));
        }

        assertThat(store.calls(Operation.READ)).isZero();
    }

    @Test
    void aStoreThatFailsForAWhileDoesNotEndTheLooking() {
        new HeadProbe(process.follower(), loop).start();
        failing.policy(FaultPolicy.always(new Fault.Refused()));
        loop.advance(Duration.ofMinutes(10));
        failing.policy(FaultPolicy.none());
        ManifestFixture other = ManifestFixture.elected(bucket, loop, 2);

        loop.advance(HeadProbe.INTERVAL.multipliedBy(2));

        assertThat(process.state().position()).isEqualTo(other.state().position());
    }
}
