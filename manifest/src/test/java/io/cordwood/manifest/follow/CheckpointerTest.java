package io.cordwood.manifest.follow;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.ManifestFixture;
import io.cordwood.manifest.follow.Checkpointer.Pace;
import io.cordwood.manifest.log.Checkpoints;
import io.cordwood.runtime.DirectWorkers;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.FailingObjectStore;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.LaggingObjectStore;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.cordwood.store.segment.PartitionId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CheckpointerTest {

    private static final Pace EVERY_TEN = new Pace(10, Long.MAX_VALUE);

    private final ManualEventLoop loop = new ManualEventLoop();
    private final MemoryObjectStore bucket = new MemoryObjectStore(loop::now);
    private final FailingObjectStore failing = new FailingObjectStore(bucket, FaultPolicy.none());
    private final CountingObjectStore store = new CountingObjectStore(failing);
    private final ManifestFixture process = ManifestFixture.open(bucket, loop, 1);

    @Test
    void aCheckpointIsWrittenAfterSoManyEntries() {
        checkpoints(process, store, EVERY_TEN);
        process.elect();

        entries(8);
        assertThat(checkpointed()).isEmpty();
        entries(1);
        assertThat(checkpointed()).containsExactly(10L);
        entries(9);
        assertThat(checkpointed()).containsExactly(10L);
        entries(1);
        assertThat(checkpointed()).containsExactly(10L, 20L);
        assertThat(store.calls(Operation.PUT)).isEqualTo(2);
    }

    @Test
    void aCheckpointIsWrittenAfterSoManyBytes() {
        checkpoints(process, store, new Pace(Long.MAX_VALUE, 100_000));
        process.elect();
        UUID topic = process.createTopic("orders", 1);

        for (int i = 0; i < 30; i++) {
            process.append(new PartitionId(topic, 0), 500);
        }

        long bytes = 0;
        for (long sequence = 1; sequence <= process.state().sequence(); sequence++) {
            bytes += loop.await(bucket.read(BucketLayout.logEntry(sequence), 1 << 20)).orElseThrow()
                    .remaining();
        }
        assertThat(bytes).isGreaterThan(300_000);
        assertThat(store.calls(Operation.PUT)).isBetween(bytes / 130_000, bytes / 100_000);
    }

    @Test
    void onlyTheCommitterWrites() {
        ManifestFixture other = ManifestFixture.elected(bucket, loop, 2);
        checkpoints(process, store, EVERY_TEN);
        for (int i = 0; i < 50; i++) {
            other.createTopic("topic-" + i, 1);
        }

        process.catchUp();

        assertThat(store.calls()).isZero();
    }

    @Test
    void whoTakesOverALongLogWritesAtOnce() {
        ManifestFixture other = ManifestFixture.elected(bucket, loop, 2);
        checkpoints(process, store, EVERY_TEN);
        for (int i = 0; i < 50; i++) {
            other.createTopic("topic-" + i, 1);
        }

        process.elect();

        assertThat(checkpointed()).containsExactly(process.state().sequence());
    }

    @Test
    void aStartFromACheckpointReadsOnlyWhatFollowsIt() {
        checkpoints(process, store, EVERY_TEN);
        process.elect();
        entries(34);
        CountingObjectStore later = CountingObjectStore.byKey(bucket);

        ManifestFixture next = ManifestFixture.open(later, loop, 3);
        next.catchUp();

        assertThat(next.state().position()).isEqualTo(process.state().position());
        assertThat(later.calls(Operation.READ, BucketLayout.logEntry(30).value())).isZero();
        assertThat(later.calls(Operation.READ, BucketLayout.logEntry(31).value())).isEqualTo(1);
        assertThat(later.calls()).isLessThan(20);
    }

    @Test
    void oneIsWrittenAtATime() {
        ObjectStore slow = new LaggingObjectStore(store, loop, operation -> Duration.ofMinutes(1));
        checkpoints(process, slow, EVERY_TEN);
        process.elect();

        entries(100);

        assertThat(store.calls(Operation.PUT)).isZero();
        loop.advance(Duration.ofMinutes(2));
        assertThat(checkpointed()).containsExactly(10L);
        loop.advance(Duration.ofMinutes(2));
        entries(1);
        loop.advance(Duration.ofMinutes(2));
        assertThat(checkpointed()).containsExactly(10L, 102L);
    }

    @Test
    void ifOneIsNotWrittenTheNextOneIs() {
        checkpoints(process, store, EVERY_TEN);
        process.elect();
        failing.policy(FaultPolicy.always(new Fault.Refused()));
        entries(10);
        failing.policy(FaultPolicy.none());

        entries(10);

        assertThat(checkpointed()).containsExactly(20L);
    }

    private void entries(int count) {
        for (int i = 0; i < count; i++) {
            process.createTopic("topic-" + process.state().sequence(), 1);
        }
    }

    private void checkpoints(ManifestFixture owner, ObjectStore objects, Pace pace) {
        owner.follower()
                .listen(new Checkpointer(new Checkpoints(objects, new DirectWorkers()), loop,
                        owner.committer()::isCommitter, pace));
    }

    private List<Long> checkpointed() {
        return loop.await(bucket.list(Listing.of(BucketLayout.CHECKPOINT_PREFIX))).objects()
                .stream()
                .map(ObjectPage.Entry::key).map(BucketLayout::sequence).toList();
    }
}
