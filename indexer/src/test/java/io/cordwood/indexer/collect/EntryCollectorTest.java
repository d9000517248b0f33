package io.cordwood.indexer.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.ManifestFixture;
import io.cordwood.manifest.commit.DeleteTopic;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.log.Boundary;
import io.cordwood.manifest.log.Checkpoints;
import io.cordwood.manifest.log.ManifestLog;
import io.cordwood.manifest.state.CheckpointCodec;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.DirectWorkers;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.FailingObjectStore;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.cordwood.store.segment.PartitionId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EntryCollectorTest {

    private static final Duration PAUSE = Duration.ofMinutes(10);
    private static final Duration RETENTION = ManifestLog.ENTRY_RETENTION;

    private final ManualEventLoop loop = new ManualEventLoop();
    private final MemoryObjectStore bucket = new MemoryObjectStore(loop::now);
    private final FailingObjectStore failing = new FailingObjectStore(bucket, FaultPolicy.none());
    private final CountingObjectStore store = new CountingObjectStore(failing);
    private final ManifestFixture manifest = ManifestFixture.elected(bucket, loop, 1);
    private final EntryCollector collector = new EntryCollector(store,
            new Checkpoints(store, new DirectWorkers()), manifest.follower(), loop, PAUSE);

    @Test
    void whatTheLastCheckpointButOneContainsGoesWhenTheRetentionIsOver() {
        write(10);
        long lastButOne = checkpoint();
        write(10);
        checkpoint();
        write(10);

        look();
        pass(RETENTION.minus(PAUSE));
        assertThat(entries()).containsExactlyElementsOf(numbers(1, end()));

        look();
        assertThat(entries()).containsExactlyElementsOf(numbers(lastButOne + 1, end()));
    }

    @Test
    void whileThereIsOneCheckpointEverythingStays() {
        write(10);
        checkpoint();

        pass(RETENTION.multipliedBy(3));

        assertThat(entries()).containsExactlyElementsOf(numbers(1, end()));
        assertThat(boundary()).isEqualTo(Boundary.NONE);
    }

    @Test
    void anEntryThatRunsAreInStaysAndThoseAroundItGo() {
        long held = append();
        write(10);
        twoCheckpoints();
        long end = end();

        pass(RETENTION.multipliedBy(2));

        assertThat(entries()).containsExactly(held, end);
    }

    @Test
    void anEntryThatItsRunsHaveLeftGoesWhenTheRetentionIsOverSinceThen() {
        long held = append();
        twoCheckpoints();
        pass(RETENTION.multipliedBy(2));
        assertThat(entries()).contains(held);

        manifest.commit(new DeleteTopic(new TopicName("orders")));
        pass(RETENTION);
        assertThat(entries()).contains(held);

        pass(PAUSE);
        assertThat(entries()).doesNotContain(held);
    }

    @Test
    void theBoundaryIsMovedBeforeTheFirstDelete() {
        write(10);
        twoCheckpoints();
        failing.policy(request -> {
            assertThat(request.operation() == Operation.DELETE
                    && request.name().startsWith(BucketLayout.LOG_PREFIX)
                    && BucketLayout.sequence(new ObjectKey(request.name())) > boundary()).isFalse();
            return new Fault.Pass();
        });

        pass(RETENTION.multipliedBy(2));

        assertThat(entries()).containsExactly(end());
        assertThat(boundary()).isEqualTo(end() - 1);
    }

    @Test
    void whileTheBoundaryCannotBeMovedNothingIsDeleted() {
        write(10);
        twoCheckpoints();
        pass(RETENTION);
        failing.policy(FaultPolicy.when(request -> request.operation() == Operation.PUT,
                new Fault.Refused()));

        assertThatThrownBy(this::look).isInstanceOf(UnavailableException.class);
        assertThat(entries()).containsExactlyElementsOf(numbers(1, end()));

        failing.policy(FaultPolicy.none());
        look();
        assertThat(entries()).containsExactly(end());
    }

    @Test
    void aCheckpointThatNobodyCouldStartWithLetsNothingGo() {
        write(10);
        long damaged = checkpoint();
        write(10);
        checkpoint();
        loop.await(bucket.put(BucketLayout.checkpoint(damaged), Bytes.wrap(new byte[50])));

        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(this::look).isInstanceOf(CorruptException.class);
        }

        assertThat(entries()).containsExactlyElementsOf(numbers(1, end()));
        assertThat(boundary()).isEqualTo(Boundary.NONE);
    }

    @Test
    void whoeverStartsThenMissesNothingEvenIfTheNewestCheckpointIsDamaged() {
        long held = append();
        write(10);
        checkpoint();
        write(10);
        long newest = checkpoint();
        write(10);
        pass(RETENTION.multipliedBy(2));
        assertThat(entries()).hasSize(1 + 20).contains(held);
        loop.await(bucket.put(BucketLayout.checkpoint(newest), Bytes.wrap(new byte[50])));

        ManifestState found = ManifestFixture.open(bucket, loop, 2).catchUp();

        assertThat(CheckpointCodec.encode(found).copy())
                .isEqualTo(CheckpointCodec.encode(manifest.state()).copy());
    }

    @Test
    void whoSleptMeanwhileIsRefused() {
        ManifestFixture sleeper = ManifestFixture.open(bucket, loop, 2);
        sleeper.catchUp();
        write(10);
        twoCheckpoints();

        pass(RETENTION.multipliedBy(2));

        assertThat(entries()).doesNotContain(sleeper.state().sequence() + 1);
        assertThatThrownBy(sleeper::elect).isInstanceOf(FencedException.class);
    }

    @Test
    void whatADeleteHasLeftIsFoundByTheNextLook() {
        write(10);
        twoCheckpoints();
        pass(RETENTION);
        failing.policy(FaultPolicy.when(request -> request.operation() == Operation.DELETE,
                new Fault.Ignored()));
        assertThat(look()).isZero();
        assertThat(entries()).containsExactlyElementsOf(numbers(1, end()));

        failing.policy(FaultPolicy.none());
        long there = entries().size();
        assertThat(look()).isEqualTo(there - 1);
        assertThat(entries()).containsExactly(end());
    }

    @Test
    void aNumberThatIsCreatedOnceMoreGoesAgain() {
        write(10);
        twoCheckpoints();
        pass(RETENTION.multipliedBy(2));
        loop.await(bucket.put(BucketLayout.logEntry(3), Bytes.wrap(new byte[50])));

        assertThat(look()).isEqualTo(1);
        assertThat(entries()).containsExactly(end());
    }

    /** Such as one who sleeps, is followed by another, and looks before he learns of it. */
    @Test
    void whoDoesNotKnowWhatACheckpointContainsLetsNothingGo() {
        ManifestFixture other = ManifestFixture.elected(bucket, loop, 2);
        UUID topic = other.createTopic("orders", 1);
        other.append(new PartitionId(topic, 0), 3);
        for (int i = 0; i < 2; i++) {
            other.createTopic("more-" + i, 1);
            loop.await(other.checkpoints().write(other.state()));
        }

        pass(RETENTION.multipliedBy(2));

        assertThat(entries())
                .containsExactlyElementsOf(numbers(1, other.state().sequence()));
    }

    @Test
    void aLookTakesAPageAndGoesOnWithTheNext() {
        write(900);
        twoCheckpoints();
        pass(RETENTION);
        long there = entries().size();

        assertThat(look()).isEqualTo(400);
        assertThat(entries()).hasSize((int) there - 400);
        loop.advance(Duration.ofSeconds(1));
        assertThat(loop.await(collector.collect())).isEqualTo(400);
        loop.advance(Duration.ofSeconds(1));
        assertThat(loop.await(collector.collect())).isEqualTo((int) there - 800 - 1);
        assertThat(entries()).containsExactly(end());
    }

    @Test
    void inAnIdleClusterALookIsAFewListings() {
        write(10);
        twoCheckpoints();
        pass(RETENTION.multipliedBy(2));
        store.reset();

        for (int second = 0; second < 3_600; second++) {
            loop.advance(Duration.ofSeconds(1));
            loop.await(collector.collect());
        }

        assertThat(store.calls(Operation.LIST)).isEqualTo(3 * 6);
        assertThat(store.calls()).isEqualTo(store.calls(Operation.LIST));
    }

    private void write(int entries) {
        for (int i = 0; i < entries; i++) {
            manifest.createTopic("topic-" + end(), 1);
        }
    }

    /** An entry that runs are in. */
    private long append() {
        manifest.append(new PartitionId(manifest.createTopic("orders", 1), 0), 3);
        return end();
    }

    private long checkpoint() {
        loop.await(manifest.checkpoints().write(manifest.state()));
        return end();
    }

    /** The last but one contains all but the last entry. */
    private void twoCheckpoints() {
        checkpoint();
        write(1);
        checkpoint();
    }

    /** Looks as often as it is time to. */
    private void pass(Duration time) {
        for (Duration left = time; left.isPositive(); left = left.minus(PAUSE)) {
            look();
        }
    }

    private int look() {
        loop.advance(PAUSE);
        return loop.await(collector.collect());
    }

    private long boundary() {
        return new Boundary(bucket).read().result();
    }

    private long end() {
        return manifest.state().sequence();
    }

    private List<Long> entries() {
        return bucket.list(Listing.of(BucketLayout.LOG_PREFIX)).result().objects().stream()
                .map(entry -> BucketLayout.sequence(entry.key())).toList();
    }

    private static List<Long> numbers(long first, long last) {
        return LongStream.rangeClosed(first, last).boxed().toList();
    }
}
