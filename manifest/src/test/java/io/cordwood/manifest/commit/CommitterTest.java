package io.cordwood.manifest.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.ManifestFixture;
import io.cordwood.manifest.event.EncodedEntry;
import io.cordwood.manifest.event.EntryCodec;
import io.cordwood.manifest.event.ManifestEntry;
import io.cordwood.manifest.event.ManifestEvent.WalTaken;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.SegmentRef;
import io.cordwood.manifest.state.WalState;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.LaggingObjectStore;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.Segment;
import io.cordwood.store.segment.SegmentIndex;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CommitterTest {

    private static final Duration ROUND_TRIP = Duration.ofMillis(100);
    private static final Duration PAUSE = Duration.ofMillis(40);

    private final ManualEventLoop loop = new ManualEventLoop();
    private final MemoryObjectStore bucket = new MemoryObjectStore(loop::now);
    private final CountingObjectStore store = new CountingObjectStore(bucket);
    private final ArrayDeque<Duration> roundTrips = new ArrayDeque<>();
    private final ManifestFixture process = ManifestFixture.elected(
            new LaggingObjectStore(store, loop, this::roundTrip), loop, 1);
    private final Committer committer = process.committer();
    private boolean putsTakeLong;

    @Test
    void whatComesWhileAnEntryIsOnItsWayWaitsALittleAndNotForIt() {
        store.reset();
        Future<UUID> first = committer.commit(topic("first"));
        Future<UUID> second = committer.commit(topic("second"));
        Future<UUID> third = committer.commit(topic("third"));

        loop.advance(PAUSE);
        Future<UUID> fourth = committer.commit(topic("fourth"));
        loop.advance(ROUND_TRIP.minus(PAUSE));
        assertThat(first.succeeded()).isTrue();
        assertThat(List.of(second, third, fourth)).noneMatch(Future::isComplete);
        loop.advance(PAUSE);
        assertThat(List.of(second, third)).allMatch(Future::succeeded);
        loop.advance(PAUSE);

        assertThat(fourth.succeeded()).isTrue();
        assertThat(store.calls(Operation.PUT_IF_ABSENT)).isEqualTo(3);
    }

    @Test
    void nobodyIsAnsweredBeforeTheEntriesBeforeItsOwn() {
        roundTrips.add(ROUND_TRIP.multipliedBy(5));
        Future<UUID> slow = committer.commit(topic("slow"));
        Future<UUID> fast = committer.commit(topic("fast"));
        Future<UUID> refused = committer.commit(topic("slow"));

        loop.advance(ROUND_TRIP.multipliedBy(2));
        assertThat(entryExists(3)).as("it landed").isTrue();
        assertThat(List.of(slow, fast, refused)).noneMatch(Future::isComplete);
        loop.await(slow);

        assertThat(fast.succeeded()).isTrue();
        assertThat(reason(refused)).isEqualTo(Reason.TOPIC_EXISTS);
    }

    /** Another process wrote in vain, into the number that the first was to have. */
    @Test
    void whatIsBehindAnEntryThatLostIsJudgedAgain() {
        takeNumberTwo();
        Future<UUID> first = committer.commit(topic("first"));
        loop.advance(PAUSE);
        Future<UUID> second = committer.commit(topic("second"));
        Future<UUID> refused = committer.commit(topic("first"));

        loop.await(Future.join(first, second).mapEmpty());

        assertThat(reason(refused)).isEqualTo(Reason.TOPIC_EXISTS);
        assertThat(process.state().topics()).hasSize(2);
        assertThat(process.state().sequence()).as("election, void, void, both").isEqualTo(4);
    }

    @Test
    void entriesThatWaitForTheirTurnAreBounded() {
        store.reset();
        for (int i = 0; i < 10; i++) {
            roundTrips.add(ROUND_TRIP.multipliedBy(10));
        }
        for (int i = 0; i < 20; i++) {
            committer.commit(topic("topic-" + i));
            loop.advance(PAUSE);
        }

        assertThat(store.calls(Operation.PUT_IF_ABSENT)).isEqualTo(4);
    }

    @Test
    void thoseBehindAnEntryThatLostCountUntilTheStoreHasAnswered() {
        takeNumberTwo();
        roundTrips.add(ROUND_TRIP);
        putsTakeLong = true;
        store.reset();
        for (int i = 0; i < 25; i++) {
            committer.commit(topic("topic-" + i));
            loop.advance(PAUSE);
        }

        assertThat(store.calls(Operation.PUT_IF_ABSENT)).as("one that lost, three, and one more")
                .isEqualTo(5);
    }

    private void takeNumberTwo() {
        EncodedEntry rivals = EntryCodec.encode(new ManifestEntry(
                new ManifestEntry.Head(2, new UUID(3, 1), new UUID(3, 2), 1, new UUID(3, 3)),
                loop.now(), List.of(new WalTaken(new UUID(3, 4), new UUID(3, 5)))), List.of());
        loop.await(bucket.putIfAbsent(BucketLayout.logEntry(2), rivals.bytes()));
    }

    @Test
    void whateverComesWhileAnEntryIsOnItsWayGoesIntoTheNextTogether() {
        store.reset();
        Future<UUID> first = committer.commit(topic("first"));
        List<Future<UUID>> others = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            others.add(committer.commit(topic("topic-" + i)));
        }

        loop.advance(ROUND_TRIP);
        assertThat(first.succeeded()).isTrue();
        assertThat(others).noneMatch(Future::isComplete);
        loop.advance(PAUSE);

        assertThat(others).allMatch(Future::succeeded);
        assertThat(store.calls(Operation.PUT_IF_ABSENT)).isEqualTo(2);
        assertThat(process.state().topics()).hasSize(101);
    }

    @Test
    void aLoneCommitTakesOneRoundTrip() {
        store.reset();

        Future<UUID> alone = committer.commit(topic("alone"));
        loop.advance(ROUND_TRIP);

        assertThat(alone.succeeded()).isTrue();
        assertThat(store.calls()).isEqualTo(1);
    }

    @Test
    void anAnswerFollowsTheEntryAndTheStateThatHoldsIt() {
        List<String> seen = new ArrayList<>();
        Future<UUID> answer = committer.commit(topic("orders"));
        answer.onComplete(done -> seen.add(entryExists(2) + " "
                + process.state().topic(new TopicName("orders")).isPresent()));

        loop.advance(ROUND_TRIP.dividedBy(2));
        assertThat(entryExists(2)).as("it landed").isTrue();
        assertThat(answer.isComplete()).as("but nobody knows").isFalse();
        loop.await(answer);

        assertThat(seen).containsExactly("true true");
    }

    @Test
    void whoProposesInAnAnswerIsServedToo() {
        List<UUID> created = new ArrayList<>();
        Future<UUID> chain = committer.commit(topic("a"))
                .compose(id -> committer.commit(topic("b")))
                .compose(id -> committer.commit(topic("c"))).onSuccess(created::add);

        loop.await(chain);

        assertThat(created).hasSize(1);
        assertThat(process.state().topics()).hasSize(3);
    }

    @Test
    void whatIsProposedInAnAnswerIsJudgedAfterAllOfItsEntryWereTold() {
        List<String> told = new ArrayList<>();
        committer.commit(topic("before"));
        committer.commit(topic("orders")).onSuccess(id -> committer.commit(topic("orders"))
                .onFailure(refused -> told.add("in an answer")));
        committer.commit(topic("orders")).onFailure(refused -> told.add("of the entry"));

        loop.advance(ROUND_TRIP.multipliedBy(3));

        assertThat(told).containsExactly("of the entry", "in an answer");
    }

    @Test
    void aRefusalCostsNoEntryAndTakesNoTime() {
        process.createTopic("orders", 1);
        store.reset();

        Future<UUID> refused = committer.commit(topic("orders"));

        assertThat(reason(refused)).isEqualTo(Reason.TOPIC_EXISTS);
        assertThat(store.calls()).isZero();
        assertThat(reason(committer.commit(new DeleteTopic(new TopicName("nothing")))))
                .isEqualTo(Reason.UNKNOWN_TOPIC);
    }

    @Test
    void proposalsAreJudgedAsIfThoseBeforeThemWereTrue() {
        UUID before = process.createTopic("orders", 1);
        Future<UUID> blocking = committer.commit(topic("blocking"));

        Future<UUID> duplicate = committer.commit(topic("orders"));
        Future<UUID> deleted = committer.commit(new DeleteTopic(new TopicName("orders")));
        Future<UUID> again = committer.commit(topic("orders"));
        Future<UUID> duplicateAgain = committer.commit(topic("orders"));
        loop.await(Future.join(List.of(blocking, deleted, again)).mapEmpty());

        assertThat(reason(duplicate)).isEqualTo(Reason.TOPIC_EXISTS);
        assertThat(deleted.result()).isEqualTo(before);
        assertThat(again.result()).isNotEqualTo(before);
        assertThat(reason(duplicateAgain)).isEqualTo(Reason.TOPIC_EXISTS);
        assertThat(process.state().sequence()).as("election, orders, blocking, all of these")
                .isEqualTo(4);
    }

    @Test
    void aNumberOfALocalWalIsCommittedOnceAndNoneIsLeftOut() {
        PartitionId partition = new PartitionId(process.createTopic("orders", 1), 0);
        Segment segment = process.segment(3, partition);
        Future<List<RunOutcome>> early = committer.commit(commit(process.wal(), 2, segment));
        Future<List<RunOutcome>> first = committer.commit(commit(process.wal(), 1, segment));
        Future<List<RunOutcome>> again = committer.commit(commit(process.wal(), 1, segment));

        assertThat(loop.await(first)).containsExactly(new RunOutcome.Appended(0));
        assertThat(reason(early)).isEqualTo(Reason.INVALID_REQUEST);
        assertThat(reason(again)).isEqualTo(Reason.INVALID_REQUEST);
        assertThat(process.nextOffset(partition)).isEqualTo(3);
        assertThat(loop.await(committer.commit(commit(process.wal(), 2, segment))))
                .containsExactly(new RunOutcome.Appended(3));
    }

    @Test
    void aRunWhosePartitionIsGoneIsLeftOutAndTheOthersAreCommitted() {
        PartitionId kept = new PartitionId(process.createTopic("kept", 2), 1);
        PartitionId gone = new PartitionId(process.createTopic("gone", 1), 0);
        PartitionId never = new PartitionId(kept.topic(), 2);
        Segment segment = process.segment(4, kept, gone, never);
        process.commit(new DeleteTopic(new TopicName("gone")));

        List<RunOutcome> outcomes = process.commit(process.inline(segment));

        for (int i = 0; i < segment.runs().size(); i++) {
            boolean stays = segment.runs().get(i).partition().equals(kept);
            assertThat(outcomes.get(i)).isInstanceOf(
                    stays ? RunOutcome.Appended.class : RunOutcome.Refused.class);
        }
        assertThat(process.nextOffset(kept)).isEqualTo(4);
    }

    @Test
    void aSegmentOfWhichNothingIsLeftIsCountedAndNotKept() {
        PartitionId gone = new PartitionId(process.createTopic("gone", 1), 0);
        Segment segment = process.segment(1_000, gone);
        process.commit(new DeleteTopic(new TopicName("gone")));

        List<RunOutcome> outcomes = process.commit(process.inline(segment));

        assertThat(outcomes).hasOnlyElementsOfType(RunOutcome.Refused.class);
        assertThat(process.state().walNumber(process.wal())).isEqualTo(1);
        assertThat(entrySize(process.state().sequence())).isLessThan(500);
        assertThat(process
                .commit(new CommitSegment(process.wal(), WalState.NOBODY, 2, new Cargo.Nothing())))
                .isEmpty();
    }

    @Test
    void inlineSegmentsOfOneEntryLieWhereTheStateSays() {
        PartitionId partition = new PartitionId(process.createTopic("orders", 1), 0);
        List<Segment> segments = new ArrayList<>();
        List<Future<List<RunOutcome>>> commits = new ArrayList<>();
        for (int i = 1; i <= 20; i++) {
            Segment segment = process.segment(i, partition);
            segments.add(segment);
            commits.add(committer.commit(process.inline(segment)));
        }
        loop.await(Future.join(commits).mapEmpty());

        assertThat(process.state().sequence()).as("election, topic, first, all others")
                .isEqualTo(4);
        for (int i = 0; i < segments.size(); i++) {
            Run run = process.state().partition(partition).orElseThrow().run(i);
            assertThat(segmentAt(run.segment(), segments.get(i).bytes().size()).runs())
                    .isEqualTo(segments.get(i).runs());
        }
    }

    @Test
    void anUploadedSegmentIsNamedAndNotCarried() {
        PartitionId partition = new PartitionId(process.createTopic("orders", 1), 0);
        Segment segment = process.segment(1_000, partition);

        process.commit(
                new CommitSegment(process.wal(), WalState.NOBODY, 1, Cargo.Uploaded.of(segment)));

        SegmentRef ref = process.state().partition(partition).orElseThrow().run(0).segment();
        assertThat(ref.key()).isEqualTo(BucketLayout.segment(segment.id()));
        assertThat(ref.index()).isEqualTo(segment.index());
        assertThat(entrySize(process.state().sequence())).isLessThan(500);
    }

    @Test
    void whatIsTooLargeForOneEntryIsSplitInOrder() {
        PartitionId partition = new PartitionId(process.createTopic("orders", 1), 0);
        List<Future<List<RunOutcome>>> commits = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            commits.add(committer.commit(process.inline(process.segment(9_000, partition))));
        }
        loop.await(Future.join(commits).mapEmpty());

        long last = process.state().sequence();
        assertThat(last).as("election, topic, first, and two full ones").isEqualTo(5);
        for (long sequence = 1; sequence <= last; sequence++) {
            assertThat(entrySize(sequence)).isLessThan((8 << 20) + 100);
        }
        for (int i = 0; i < commits.size(); i++) {
            assertThat(commits.get(i).result())
                    .containsExactly(new RunOutcome.Appended(9_000L * i));
        }
    }

    @Test
    void manyRunsAreSplitTooBecauseTheirListMustFit() {
        UUID topic = process.createTopic("orders", 10_000);
        PartitionId[] partitions = new PartitionId[10_000];
        for (int i = 0; i < partitions.length; i++) {
            partitions[i] = new PartitionId(topic, i);
        }
        Segment segment = process.segment(1, partitions);
        List<Future<List<RunOutcome>>> commits = new ArrayList<>();
        for (int i = 1; i <= 30; i++) {
            commits.add(committer.commit(new CommitSegment(process.wal(), WalState.NOBODY, i,
                    Cargo.Uploaded.of(segment))));
        }
        loop.await(Future.join(commits).mapEmpty());

        assertThat(process.state().sequence()).isBetween(5L, 6L);
        for (long sequence = 1; sequence <= process.state().sequence(); sequence++) {
            assertThat(entrySize(sequence)).isLessThan((8 << 20) + 100);
        }
    }

    @Test
    void tooManyWhoWaitAreSentAway() {
        List<Future<UUID>> proposals = new ArrayList<>();
        for (int i = 0; i < 20_001; i++) {
            proposals.add(committer.commit(topic("topic-" + i)));
        }

        Future<UUID> tooMany = committer.commit(topic("one-more"));

        assertThat(tooMany.cause()).isInstanceOf(UnavailableException.class);
        loop.await(Future.join(proposals).mapEmpty());
        assertThat(process.state().topics()).hasSize(20_001);
    }

    @Test
    void whatIsProposedBeforeTheElectionWaitsForIt() {
        ManifestFixture early = ManifestFixture.open(bucket, loop, 2);
        Future<UUID> waiting = early.committer().commit(topic("orders"));
        loop.advance(Duration.ofMinutes(1));
        assertThat(waiting.isComplete()).isFalse();

        early.elect();

        assertThat(loop.await(waiting)).isNotNull();
    }

    @Test
    void aSegmentThatIsTooLargeForAnEntryIsNoInlineCargo() {
        Segment large = process.segment(12_000, new PartitionId(process.wal(), 0));

        assertThat(large.bytes().size()).isGreaterThan(Cargo.INLINE_SIZE_MAX);
        assertThatThrownBy(() -> new Cargo.Enclosed(large))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private Duration roundTrip(Operation operation) {
        if (!roundTrips.isEmpty()) {
            return roundTrips.removeFirst();
        }
        return putsTakeLong && operation == Operation.PUT_IF_ABSENT
                ? ROUND_TRIP.multipliedBy(10)
                : ROUND_TRIP;
    }

    private CreateTopic topic(String name) {
        return new CreateTopic(process.ids().get(), new TopicName(name), 1);
    }

    private static CommitSegment commit(UUID wal, long number, Segment segment) {
        return new CommitSegment(wal, WalState.NOBODY, number, new Cargo.Enclosed(segment));
    }

    private static Reason reason(Future<?> refused) {
        return ((RejectedException) refused.cause()).reason();
    }

    private boolean entryExists(long sequence) {
        return loop.await(bucket.read(BucketLayout.logEntry(sequence), 1 << 20)).isPresent();
    }

    private int entrySize(long sequence) {
        return loop.await(bucket.read(BucketLayout.logEntry(sequence), 64 << 20)).orElseThrow()
                .remaining();
    }

    private SegmentIndex segmentAt(SegmentRef ref, int size) {
        return SegmentIndex.verify(loop.await(bucket.get(ref.key(), ref.range(0, size))));
    }
}
