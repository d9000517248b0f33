package io.cordwood.indexer.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.commit.DeleteRecords;
import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.ManifestEvent.RecordsDeleted;
import io.cordwood.manifest.event.ManifestEvent.SegmentCommitted;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.ManifestEvent.TransactionalIdInitialized;
import io.cordwood.manifest.event.ProducedBatch;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.manifest.state.EntryChain;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.batch.ProducerSequence;
import io.cordwood.store.batch.ProducerSequence.Membership;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.segment.PartitionId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RetentionPlannerTest {

    private static final PartitionId PARTITION = new PartitionId(new UUID(1, 1), 0);
    private static final long NOW = 1_000_000;
    private static final Retention ONE_SECOND = new Retention(OptionalLong.of(1_000),
            OptionalLong.empty());

    private final EntryChain chain = EntryChain.elected();
    private long number;

    RetentionPlannerTest() {
        chain.append(new TopicCreated(PARTITION.topic(), new TopicName("orders"), 2));
    }

    @Test
    void whatIsKeptForEverStays() {
        append(10, 100, 1);

        assertThat(plan(Retention.FOREVER)).isEmpty();
    }

    @Test
    void runsGoWhenTheirYoungestRecordIsTooOld() {
        append(10, 100, NOW - 3_000);
        append(10, 100, NOW - 1_001);
        append(10, 100, NOW - 1_000);

        assertThat(plan(ONE_SECOND)).containsExactly(before(20));
    }

    @Test
    void whatIsBehindAYoungerRunStays() {
        append(10, 100, NOW);
        append(10, 100, NOW - 5_000);

        assertThat(plan(ONE_SECOND)).isEmpty();
    }

    @Test
    void everythingMayGo() {
        append(10, 100, NOW - 5_000);

        assertThat(plan(ONE_SECOND)).containsExactly(before(10));
    }

    @Test
    void runsOfRecordsWithoutATimeHaveNoAge() {
        append(10, 100, -1);

        assertThat(plan(ONE_SECOND)).isEmpty();
    }

    @Test
    void theOldestRunsGoAsLongAsEnoughBytesAreLeft() {
        append(10, 100, NOW);
        append(10, 100, NOW);
        append(10, 100, NOW);

        assertThat(plan(bytes(300))).isEmpty();
        assertThat(plan(bytes(299))).isEmpty();
        assertThat(plan(bytes(200))).containsExactly(before(10));
        assertThat(plan(bytes(150))).containsExactly(before(10));
        assertThat(plan(bytes(0))).containsExactly(before(30));
    }

    @Test
    void whatIsGoneAlreadyIsNotDeletedAgain() {
        append(10, 100, NOW - 5_000);
        append(10, 100, NOW);
        chain.append(new RecordsDeleted(PARTITION, 10));

        assertThat(plan(ONE_SECOND)).isEmpty();
    }

    @Test
    void whatIsInAnOpenTransactionStays() {
        TransactionalId id = new TransactionalId("shop");
        ProducerIdentity producer = new ProducerIdentity(7, (short) 0);
        chain.append(new TransactionalIdInitialized(id, producer, 60_000, Optional.empty()));
        append(10, 100, NOW - 9_000);
        number++;
        chain.append(segment(new CommittedRun(PARTITION, 32, 100, 10, NOW - 8_000, List.of(
                new ProducedBatch(new ProducerSequence(7, (short) 0, 0, Membership.MEMBER), 0,
                        10)))));

        assertThat(plan(ONE_SECOND)).containsExactly(before(10));
    }

    private void append(int offsets, int length, long maxTimestamp) {
        number++;
        chain.append(segment(CommittedRun.of(PARTITION, 32, length, offsets, maxTimestamp)));
    }

    private SegmentCommitted segment(CommittedRun run) {
        return new SegmentCommitted(new UUID(2, 2), number,
                new SegmentPlace.Stored(new UUID(3, number), new ByteRange(500, 50)),
                List.of(run));
    }

    private List<DeleteRecords> plan(Retention retention) {
        return new RetentionPlanner((state, topic) -> retention).plan(chain.state(), NOW);
    }

    private static Retention bytes(long bytes) {
        return new Retention(OptionalLong.empty(), OptionalLong.of(bytes));
    }

    private static DeleteRecords before(long offset) {
        return new DeleteRecords(PARTITION, OptionalLong.of(offset));
    }
}
