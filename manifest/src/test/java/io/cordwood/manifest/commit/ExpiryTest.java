package io.cordwood.manifest.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.ManifestFixture;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.TransactionState;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.batch.ProducerSequence;
import io.cordwood.store.batch.ProducerSequence.Membership;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.SegmentBuilder;
import io.cordwood.store.segment.SegmentForge;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the committer ends or forgets when its time is over. */
class ExpiryTest {

    private static final TransactionalId ID = new TransactionalId("shop");
    private static final int TIMEOUT_MILLIS = 60_000;

    private final ManualEventLoop loop = new ManualEventLoop();
    private final ManifestFixture process = ManifestFixture.elected(
            new MemoryObjectStore(loop::now), loop, 1);
    private final PartitionId partition = new PartitionId(process.createTopic("orders", 1), 0);

    @Test
    void aTransactionThatIsOpenForTooLongIsAbortedAndItsProducerIsOver() {
        ProducerIdentity producer = process.commit(
                new InitTransactionalId(ID, TIMEOUT_MILLIS, Optional.empty(), 5));
        new TransactionExpiry(process.follower(), process.committer(), loop, process.ids())
                .start();
        append(new ProducerSequence(producer.id(), producer.epoch(), 0, Membership.JOINS));

        loop.advance(Duration.ofMillis(TIMEOUT_MILLIS));
        assertThat(transaction().isOngoing()).isTrue();
        loop.advance(TransactionExpiry.PAUSE.multipliedBy(2));

        assertThat(transaction().hasEnded(false)).isTrue();
        assertThat(transaction().producer()).isEqualTo(producer.next());
        assertThat(partition().abortedBetween(0, 10)).hasSize(1);
        assertThat(partition().lastStableOffset()).isEqualTo(partition().nextOffset());
    }

    @Test
    void aTransactionIsAbortedInTimeThoughTheClockThatDatedItIsAhead() {
        ProducerIdentity producer = process.commit(
                new InitTransactionalId(ID, TIMEOUT_MILLIS, Optional.empty(), 5));
        new TransactionExpiry(process.follower(), process.committer(),
                new LateClock(loop, Duration.ofDays(1)), process.ids()).start();
        append(new ProducerSequence(producer.id(), producer.epoch(), 0, Membership.JOINS));

        loop.advance(Duration.ofMillis(TIMEOUT_MILLIS));
        assertThat(transaction().isOngoing()).isTrue();
        loop.advance(TransactionExpiry.PAUSE.multipliedBy(3));

        assertThat(transaction().hasEnded(false)).isTrue();
    }

    @Test
    void aTransactionalIdThatNobodyUsesForAWeekIsForgottenUnlessItsTransactionIsOpen() {
        ProducerIdentity producer = process.commit(
                new InitTransactionalId(ID, Integer.MAX_VALUE, Optional.empty(), 5));
        TransactionalId open = new TransactionalId("open");
        ProducerIdentity other = process.commit(
                new InitTransactionalId(open, Integer.MAX_VALUE, Optional.empty(), 6));
        process.commit(new JoinTransaction(open, other, List.of(partition)));
        new TransactionExpiry(process.follower(), process.committer(), loop, process.ids())
                .start();

        loop.advance(TransactionExpiry.UNUSED_MAX);
        assertThat(process.state().transactions().of(ID)).isPresent();
        loop.advance(TransactionExpiry.PAUSE.multipliedBy(2));

        assertThat(process.state().transactions().of(ID)).isEmpty();
        assertThat(process.state().transactions().ofProducer(producer.id())).isEmpty();
        assertThat(process.state().transactions().of(open)).isPresent();
    }

    @Test
    void aProducerThatIsSilentForADayIsForgotten() {
        new ProducerExpiry(process.follower(), process.committer(), loop).start();
        append(new ProducerSequence(7, (short) 0, 0, Membership.NONE));

        loop.advance(ProducerExpiry.SILENCE_MAX);
        assertThat(partition().producer(7)).isPresent();
        loop.advance(Duration.ofMinutes(20));

        assertThat(partition().producer(7)).isEmpty();
        assertThat(process.state().producerIds().mayBeForgotten(7)).isTrue();
        assertThat(process.state().producerIds().mayBeForgotten(8)).isFalse();
    }

    private void append(ProducerSequence batch) {
        SegmentBuilder builder = new SegmentBuilder(process.ids().get());
        builder.add(partition, SegmentForge.batch(batch, 3).joining());
        process.commit(process.inline(builder.build()));
    }

    private TransactionState transaction() {
        return process.state().transactions().of(ID).orElseThrow();
    }

    private PartitionState partition() {
        return process.state().partition(partition).orElseThrow();
    }

    /** The loop of a process whose wall clock is behind. */
    private record LateClock(ManualEventLoop loop, Duration behind) implements EventLoop {

        @Override
        public Instant now() {
            return loop.now().minus(behind);
        }

        @Override
        public long nanoTime() {
            return loop.nanoTime();
        }

        @Override
        public boolean isCurrent() {
            return loop.isCurrent();
        }

        @Override
        public void execute(Runnable task) {
            loop.execute(task);
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            return loop.schedule(delay, task);
        }
    }
}
