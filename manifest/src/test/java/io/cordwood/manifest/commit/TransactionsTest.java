package io.cordwood.manifest.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.commit.EndTransaction.Succession;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.ManifestEvent.TopicDeleted;
import io.cordwood.manifest.event.ManifestEvent.TransactionEnded;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.event.TransactionalId;
import io.cordwood.manifest.state.EntryChain;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.WalState;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.store.batch.AbortedTransaction;
import io.cordwood.store.batch.ProducerIdentity;
import io.cordwood.store.batch.ProducerSequence;
import io.cordwood.store.batch.ProducerSequence.Membership;
import io.cordwood.store.batch.ValidBatch;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.SegmentBuilder;
import io.cordwood.store.segment.SegmentForge;
import io.cordwood.store.segment.SegmentIndex;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TransactionsTest {

    private static final UUID TOPIC = new UUID(1, 1);
    private static final PartitionId FIRST = new PartitionId(TOPIC, 0);
    private static final PartitionId SECOND = new PartitionId(TOPIC, 1);
    private static final UUID WAL = new UUID(2, 2);
    private static final TransactionalId ID = new TransactionalId("shop");

    private final EntryChain chain = EntryChain.elected();
    private long number;
    private long spare = 40;

    TransactionsTest() {
        chain.append(new TopicCreated(TOPIC, new TopicName("orders"), 2));
    }

    @Test
    void aCommitEndsTheTransactionInAllItsPartitionsInOneEntry() {
        ProducerIdentity producer = init();
        append(joining(producer, 0), FIRST);
        append(joining(producer, 0), SECOND);
        assertThat(partition(FIRST).lastStableOffset()).isZero();

        ProducerIdentity next = end(producer, true, new Succession.Later(0));

        assertThat(next).isEqualTo(producer.next());
        for (PartitionId id : List.of(FIRST, SECOND)) {
            assertThat(partition(id).nextOffset()).isEqualTo(4);
            assertThat(partition(id).lastStableOffset()).isEqualTo(4);
            assertThat(partition(id).abortedBetween(0, 4)).isEmpty();
        }
    }

    @Test
    void anAbortIsRememberedFromTheFirstRecordToTheControlBatch() {
        ProducerIdentity producer = init();
        append(plain(2), FIRST);
        append(joining(producer, 0), FIRST);
        append(plain(2), FIRST);

        end(producer, false, new Succession.Same());

        assertThat(partition(FIRST).nextOffset()).isEqualTo(8);
        assertThat(partition(FIRST).abortedBetween(0, 8))
                .containsExactly(new AbortedTransaction(producer.id(), 2, 7));
        assertThat(partition(FIRST).abortedBetween(0, 2)).isEmpty();
        assertThat(partition(FIRST).abortedBetween(8, 9)).isEmpty();
    }

    @Test
    void theControlBatchesTravelInTheEntryOfTheEnd() {
        ProducerIdentity producer = init();
        append(joining(producer, 0), FIRST);
        append(joining(producer, 0), SECOND);

        Decision.Accepted<ProducerIdentity> decision = accepted(
                new EndTransaction(ID, producer, true, new Succession.Same(), marker()));

        Bytes segment = decision.inline().getFirst();
        assertThat(SegmentIndex.verify(segment.copy()).runs()).hasSize(2)
                .extracting(run -> run.partition()).containsExactly(FIRST, SECOND);
        assertThat(((TransactionEnded) decision.event()).runs()).hasSize(2);
    }

    @Test
    void anEndThatIsAskedAgainIsAnsweredTheSame() {
        ProducerIdentity producer = init();
        append(joining(producer, 0), FIRST);
        ProducerIdentity next = end(producer, true, new Succession.Later(0));

        Proposal<ProducerIdentity> again = new EndTransaction(ID, producer, true,
                new Succession.Later(0), marker());

        assertThat(again.decide(chain.state(), 0)).isEqualTo(new Decision.Settled<>(next));
        assertRefused(new EndTransaction(ID, producer, false, new Succession.Later(0), marker()),
                Reason.PRODUCER_FENCED);
    }

    /** It was asked for by a producer that gave up waiting, and went on. */
    @Test
    void anEndThatComesTooLateIsNoneOfTheNextTransaction() {
        ProducerIdentity producer = init();
        append(joining(producer, 0), FIRST);
        EndTransaction late = new EndTransaction(ID, producer, true, new Succession.Same(),
                marker());
        end(producer, true, new Succession.Same());
        append(joining(producer, 3), FIRST);

        assertRefused(late, Reason.CONCURRENT_TRANSACTIONS);
    }

    @Test
    void nothingIsEndedWhereNothingIsOpen() {
        ProducerIdentity producer = init();

        assertRefused(new EndTransaction(ID, producer, true, new Succession.Same(), marker()),
                Reason.INVALID_TRANSACTION_STATE);
        assertRefused(new EndTransaction(ID, producer, true, new Succession.Later(0), marker()),
                Reason.INVALID_TRANSACTION_STATE);
        assertThat(end(producer, false, new Succession.Later(0))).isEqualTo(producer.next());
    }

    @Test
    void aBatchOfAnInstanceThatIsOverIsRefused() {
        ProducerIdentity producer = init();
        append(joining(producer, 0), FIRST);
        ProducerIdentity next = end(producer, true, new Succession.Later(0));

        assertRefused(append(joining(producer, 3), FIRST), Reason.INVALID_PRODUCER_EPOCH);
        assertThat(append(joining(next, 0), FIRST)).isEqualTo(new RunOutcome.Appended(4));
    }

    @Test
    void aBatchOfATransactionThatItsPartitionHasNotJoinedIsRefused() {
        ProducerIdentity producer = init();

        assertRefused(append(member(producer, 0), FIRST), Reason.INVALID_TRANSACTION_STATE);
        chain.append(accepted(new JoinTransaction(ID, producer, List.of(FIRST))).event());
        assertThat(append(member(producer, 0), FIRST)).isEqualTo(new RunOutcome.Appended(0));
        assertRefused(append(member(producer, 0), SECOND), Reason.INVALID_TRANSACTION_STATE);
    }

    @Test
    void aProducerWithATransactionalIdSendsInTransactionsOnly() {
        ProducerIdentity producer = init();

        assertRefused(append(SegmentForge.batch(sequence(producer, 0, Membership.NONE), 3), FIRST),
                Reason.INVALID_TRANSACTION_STATE);
        assertRefused(append(joining(new ProducerIdentity(77, (short) 0), 0), FIRST),
                Reason.INVALID_TRANSACTION_STATE);
    }

    @Test
    void aBatchThatIsSentAgainAfterTheEndIsStillRecognised() {
        ProducerIdentity producer = init();
        append(joining(producer, 0), FIRST);
        end(producer, true, new Succession.Same());

        assertThat(append(member(producer, 0), FIRST)).isEqualTo(new RunOutcome.Appended(0));
    }

    @Test
    void aNewInstanceWaitsForTheEndOfWhatIsOpen() {
        ProducerIdentity producer = init();
        append(joining(producer, 0), FIRST);

        assertRefused(new InitTransactionalId(ID, 1_000, Optional.empty(), 99),
                Reason.CONCURRENT_TRANSACTIONS);
        end(producer, false, new Succession.Later(0));

        assertThat(init()).isEqualTo(producer.next().next());
    }

    @Test
    void whoGoesOnUnderAnIdMustBeItsLastInstance() {
        ProducerIdentity first = init();
        ProducerIdentity second = init();

        assertRefused(new InitTransactionalId(ID, 1_000, Optional.of(first), 99),
                Reason.PRODUCER_FENCED);
        assertThat(accepted(new InitTransactionalId(ID, 1_000, Optional.of(second), 99)).answer())
                .isEqualTo(second.next());
    }

    @Test
    void whoAsksOnceMoreWhoItIsNowIsToldTheSameAndNobodyElseIs() {
        ProducerIdentity first = init();
        Proposal<ProducerIdentity> goingOn = new InitTransactionalId(ID, 1_000,
                Optional.of(first), 99);
        chain.append(accepted(goingOn).event());

        assertThat(goingOn.decide(chain.state(), 0))
                .isEqualTo(new Decision.Settled<>(first.next()));
        init();
        assertRefused(goingOn, Reason.PRODUCER_FENCED);
    }

    @Test
    void aProducerWhoseEpochsAreUsedUpGetsAnotherId() {
        ProducerIdentity producer = init();
        while (!producer.isExhausted()) {
            producer = init();
        }

        assertThat(producer.epoch()).isEqualTo(ProducerIdentity.EPOCH_MAX);
        append(joining(producer, 0), FIRST);
        assertThat(end(producer, true, new Succession.Later(99)))
                .isEqualTo(new ProducerIdentity(99, (short) 0));
        assertThat(append(joining(new ProducerIdentity(99, (short) 0), 0), FIRST))
                .isEqualTo(new RunOutcome.Appended(4));
    }

    @Test
    void aTopicThatIsDeletedMeanwhileDoesNotHinderTheEnd() {
        ProducerIdentity producer = init();
        append(joining(producer, 0), FIRST);
        chain.append(new TopicDeleted(TOPIC));

        assertThat(end(producer, true, new Succession.Same())).isEqualTo(producer);
    }

    private ProducerIdentity init() {
        Decision.Accepted<ProducerIdentity> decision = accepted(
                new InitTransactionalId(ID, 1_000, Optional.empty(), spare++));
        chain.append(decision.event());
        return decision.answer();
    }

    private ProducerIdentity end(ProducerIdentity producer, boolean committed,
            Succession succession) {
        Decision.Accepted<ProducerIdentity> decision = accepted(
                new EndTransaction(ID, producer, committed, succession, marker()));
        chain.append(decision.event());
        return decision.answer();
    }

    private EndTransaction.End marker() {
        return new EndTransaction.End(new UUID(9, 9), 5_000, chain.state().sequence());
    }

    /** Commits a segment of one batch, and says what became of it. */
    private RunOutcome append(ValidBatch batch, PartitionId partition) {
        SegmentBuilder builder = new SegmentBuilder(new UUID(3, 3));
        builder.add(partition, batch);
        Decision.Accepted<List<RunOutcome>> decision = accepted(
                new CommitSegment(WAL, WalState.NOBODY, ++number,
                        Cargo.Uploaded.of(builder.build())));
        chain.append(decision.event());
        return decision.answer().getFirst() instanceof RunOutcome.Divided divided
                ? divided.batches().getFirst()
                : decision.answer().getFirst();
    }

    private <T> Decision.Accepted<T> accepted(Proposal<T> proposal) {
        return (Decision.Accepted<T>) proposal.decide(chain.state(), 0);
    }

    private PartitionState partition(PartitionId id) {
        return chain.state().partition(id).orElseThrow();
    }

    private static ValidBatch plain(int records) {
        return SegmentForge.batch(0, records);
    }

    /** A batch of three records by which its partition joins. */
    private static ValidBatch joining(ProducerIdentity producer, int firstSequence) {
        return member(producer, firstSequence).joining();
    }

    private static ValidBatch member(ProducerIdentity producer, int firstSequence) {
        return SegmentForge.batch(sequence(producer, firstSequence, Membership.MEMBER), 3);
    }

    private static ProducerSequence sequence(ProducerIdentity producer, int firstSequence,
            Membership membership) {
        return new ProducerSequence(producer.id(), producer.epoch(), firstSequence, membership);
    }

    private void assertRefused(Proposal<?> proposal, Reason reason) {
        assertThat(proposal.decide(chain.state(), 0)).isInstanceOfSatisfying(
                Decision.Refused.class, refused -> assertThat(refused.reason())
                        .isInstanceOfSatisfying(RejectedException.class, rejected -> assertThat(
                                rejected.reason()).isEqualTo(reason)));
    }

    private static void assertRefused(RunOutcome outcome, Reason reason) {
        assertThat(outcome).isInstanceOfSatisfying(RunOutcome.Refused.class,
                refused -> assertThat(refused.reason().reason()).isEqualTo(reason));
    }
}
