package io.cordwood.manifest.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.event.ManifestEvent.SegmentCommitted;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.EntryChain;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.WalState;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.store.batch.ProducerSequence;
import io.cordwood.store.batch.ProducerSequence.Membership;
import io.cordwood.store.batch.ValidBatch;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.Segment;
import io.cordwood.store.segment.SegmentBuilder;
import io.cordwood.store.segment.SegmentForge;
import io.cordwood.store.segment.SegmentRun;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What becomes of batches of idempotent producers when their segment is committed. */
class ProducersTest {

    private static final PartitionId PARTITION = new PartitionId(new UUID(1, 1), 0);
    private static final UUID WAL = new UUID(2, 2);

    private final EntryChain chain = EntryChain.elected();
    private long number;

    ProducersTest() {
        chain.append(new TopicCreated(PARTITION.topic(), new TopicName("orders"), 1));
    }

    @Test
    void aBatchThatIsSentAgainIsAnsweredWithItsFirstOffsetAndStoredOnce() {
        commit(batch(0, 3), batch(3, 2));

        List<RunOutcome> again = commit(batch(0, 3), batch(5, 1));

        assertThat(again).containsExactly(new RunOutcome.Appended(0),
                new RunOutcome.Appended(5));
        assertThat(partition().nextOffset()).isEqualTo(6);
    }

    @Test
    void aBatchThatIsTwiceInASegmentIsStoredOnce() {
        assertThat(commit(batch(0, 3), batch(0, 3), batch(3, 1))).containsExactly(
                new RunOutcome.Appended(0), new RunOutcome.Appended(0),
                new RunOutcome.Appended(3));
    }

    @Test
    void whatFollowsAGapIsRefusedUntilTheGapIsFilled() {
        List<RunOutcome> first = commit(batch(0, 3), batch(5, 1), batch(6, 1));

        assertThat(first.getFirst()).isEqualTo(new RunOutcome.Appended(0));
        assertRefused(first.get(1), Reason.OUT_OF_ORDER_SEQUENCE);
        assertRefused(first.get(2), Reason.OUT_OF_ORDER_SEQUENCE);
        assertThat(commit(batch(3, 2), batch(5, 1), batch(6, 1))).containsExactly(
                new RunOutcome.Appended(3), new RunOutcome.Appended(5),
                new RunOutcome.Appended(6));
    }

    @Test
    void whatIsLeftOfARunIsCommittedInPiecesThatLieWhereTheirBatchesLie() {
        commit(batch(0, 3));
        ValidBatch plain = SegmentForge.batch(100, 4);
        ValidBatch last = SegmentForge.batch(200, 2);
        ValidBatch duplicate = batch(0, 3);

        Segment segment = segment(plain, duplicate, last);
        List<RunOutcome> outcomes = commit(segment);

        assertThat(outcomes).containsExactly(new RunOutcome.Appended(3),
                new RunOutcome.Appended(0), new RunOutcome.Appended(7));
        SegmentRun run = segment.runs().getFirst();
        Run first = partition().run(1);
        Run second = partition().run(2);
        assertThat(List.of(first.position(), (long) first.length(), first.baseOffset(),
                (long) first.offsets(), first.maxTimestampMillis()))
                .containsExactly(run.position(), (long) plain.size(), 3L, 4L, 1_700_000_000_103L);
        assertThat(List.of(second.position(), (long) second.length(), second.baseOffset(),
                (long) second.offsets(), second.maxTimestampMillis()))
                .containsExactly(run.position() + plain.size() + duplicate.size(),
                        (long) last.size(), 7L, 2L, 1_700_000_000_201L);
    }

    @Test
    void aSegmentOfDuplicatesOnlyTakesItsNumberAndNothingElse() {
        commit(batch(0, 3));

        assertThat(commit(batch(0, 3))).containsExactly(new RunOutcome.Appended(0));
        assertThat(chain.state().walNumber(WAL)).isEqualTo(2);
        assertThat(partition().runCount()).isEqualTo(1);
    }

    @Test
    void idsAreGivenOutOnce() {
        Decision.Accepted<Long> first = accepted(new ReserveProducerIds(1_000));
        chain.append(first.event());
        Decision.Accepted<Long> second = accepted(new ReserveProducerIds(10));

        assertThat(first.answer()).isZero();
        assertThat(second.answer()).isEqualTo(1_000);
    }

    @Test
    void aSilentProducerIsForgottenAndGoesOnWhereItIs() {
        commit(batch(0, 3));
        long later = chain.next().entry().writtenAt().toEpochMilli();
        commit(new ProducerSequence(8, (short) 0, 0, Membership.NONE));
        chain.append(accepted(new ForgetProducers(later)).event());

        assertThat(partition().producer(7)).isEmpty();
        assertThat(partition().producer(8)).isPresent();
        assertThat(commit(batch(3, 2))).containsExactly(new RunOutcome.Appended(4));
    }

    private void commit(ProducerSequence sequence) {
        commit(SegmentForge.batch(sequence, 1));
    }

    private List<RunOutcome> commit(ValidBatch... batches) {
        return commit(segment(batches));
    }

    /** Commits a segment with one run, and says what became of each of its batches. */
    private List<RunOutcome> commit(Segment segment) {
        Decision.Accepted<List<RunOutcome>> decision = accepted(
                new CommitSegment(WAL, WalState.NOBODY, ++number, Cargo.Uploaded.of(segment)));
        SegmentCommitted event = (SegmentCommitted) decision.event();
        assertThat(event.runs().isEmpty()).isEqualTo(event.place() instanceof SegmentPlace.Nowhere);
        chain.append(event);
        return decision.answer().getFirst() instanceof RunOutcome.Divided divided
                ? divided.batches()
                : decision.answer();
    }

    private <T> Decision.Accepted<T> accepted(Proposal<T> proposal) {
        return (Decision.Accepted<T>) proposal.decide(chain.state(), 0);
    }

    private PartitionState partition() {
        return chain.state().partition(PARTITION).orElseThrow();
    }

    private static Segment segment(ValidBatch... batches) {
        SegmentBuilder builder = new SegmentBuilder(new UUID(3, 3));
        List.of(batches).forEach(batch -> builder.add(PARTITION, batch));
        return builder.build();
    }

    private static ValidBatch batch(int firstSequence, int records) {
        return SegmentForge.batch(
                new ProducerSequence(7, (short) 0, firstSequence, Membership.NONE),
                records);
    }

    private static void assertRefused(RunOutcome outcome, Reason reason) {
        assertThat(outcome).isInstanceOfSatisfying(RunOutcome.Refused.class,
                refused -> assertThat(refused.reason()).extracting(RejectedException::reason)
                        .isEqualTo(reason));
    }
}
