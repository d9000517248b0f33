package io.cordwood.manifest.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.ManifestFixture;
import io.cordwood.manifest.ScriptedFaults;
import io.cordwood.manifest.event.EntryCodec;
import io.cordwood.manifest.event.ManifestEntry;
import io.cordwood.manifest.event.ManifestEvent.CommitterElected;
import io.cordwood.manifest.event.StoredEntry;
import io.cordwood.manifest.log.Backoff;
import io.cordwood.manifest.log.Boundary;
import io.cordwood.manifest.log.ManifestLog;
import io.cordwood.manifest.log.Moment;
import io.cordwood.manifest.state.EntryChain;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.FailingObjectStore;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.LaggingObjectStore;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class FollowerTest {

    private static final Duration ROUND_TRIP = Duration.ofMillis(10);
    private static final Duration SLEPT = ManifestLog.ENTRY_RETENTION;

    private final ManualEventLoop loop = new ManualEventLoop();
    private final MemoryObjectStore bucket = new MemoryObjectStore(loop::now);
    private final ScriptedFaults faults = new ScriptedFaults();
    private final CountingObjectStore store = CountingObjectStore
            .byKey(new FailingObjectStore(bucket, faults));
    private final ObjectStore far = new LaggingObjectStore(store, loop, operation -> ROUND_TRIP);
    private final Follower follower = follower(far, ManifestState.EMPTY);
    private final EntryChain chain = EntryChain.elected();

    @Test
    void allEntriesAreAppliedInFewRoundTrips() {
        write(800);
        long began = loop.nanoTime();

        ManifestState state = loop.await(follower.catchUp());

        assertThat(state.position()).isEqualTo(chain.state().position());
        assertThat(follower.state()).isSameAs(state);
        long roundTrips = (loop.nanoTime() - began) / ROUND_TRIP.toNanos();
        assertThat(roundTrips).isLessThan(800 / 32 + 10);
        assertThat(store.calls(Operation.READ)).isLessThan(800 + 3 * 32);
        assertThat(store.calls(Operation.LIST, BucketLayout.LOG_PREFIX)).isZero();
    }

    @Test
    void aFollowerThatIsAtTheEndAsksOnce() {
        write(3);
        loop.await(follower.catchUp());
        store.reset();

        loop.await(follower.catchUp());

        assertThat(store.calls()).isEqualTo(1);
    }

    @Test
    void thoseWhoComeMeanwhileShareTheNextLook() {
        write(3);
        loop.await(follower.catchUp());
        store.reset();

        Future<ManifestState> first = follower.catchUp();
        Future<ManifestState> second = follower.catchUp();
        Future<ManifestState> third = follower.catchUp();

        assertThat(second).isNotSameAs(first).isSameAs(third);
        loop.await(third);
        assertThat(store.calls()).isEqualTo(2);
    }

    @Test
    void whoComesMeanwhileFindsWhatWasWrittenAfterOthersHadAsked() {
        write(3);
        loop.await(follower.catchUp());

        Future<ManifestState> early = follower.catchUp();
        loop.advance(ROUND_TRIP.dividedBy(2));
        write(1);
        Future<ManifestState> late = follower.catchUp();

        assertThat(loop.await(early).sequence()).isEqualTo(3);
        assertThat(loop.await(late).sequence()).isEqualTo(4);
    }

    @Test
    void aLookThatFailsIsNotTheAnswerOfThoseWhoCameMeanwhile() {
        write(3);
        faults.next(Operation.READ, new Fault.Refused());

        Future<ManifestState> first = follower.catchUp();
        Future<ManifestState> second = follower.catchUp();

        assertThatThrownBy(() -> loop.await(first)).isInstanceOf(UnavailableException.class);
        assertThat(loop.await(second).sequence()).isEqualTo(3);
    }

    @Test
    void aGapIsTheEnd() {
        write(5);
        bucket.delete(BucketLayout.logEntry(3));

        assertThat(loop.await(follower.catchUp()).sequence()).isEqualTo(2);
    }

    @Test
    void eachEntryIsToldOnceInItsOrderVoidOnesToo() {
        List<Long> told = new ArrayList<>();
        follower.listen((entry, state) -> {
            assertThat(state.sequence()).isEqualTo(entry.entry().sequence());
            told.add(entry.entry().sequence());
        });
        write(3);
        store(chain.stored(new ManifestEntry.Head(4,
                chain.state().position().committer(), new UUID(8, 8), 1,
                new UUID(9, 9))));

        loop.await(follower.catchUp());
        loop.await(follower.catchUp());

        assertThat(told).containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void anEntryThatThisNodeCommittedIsNotAppliedAgain() {
        List<Long> told = new ArrayList<>();
        write(2);
        loop.await(follower.catchUp());
        follower.listen((entry, state) -> told.add(entry.entry().sequence()));

        StoredEntry own = chain.next();
        Future<ManifestState> reading = follower.catchUp();
        store(own);
        follower.committed(own, Moment.now(loop));
        follower.committed(own, Moment.now(loop));
        loop.await(reading);
        loop.await(follower.catchUp());

        assertThat(told).containsExactly(3L);
    }

    @Test
    void anEntryThatIsToldIsNotRead() {
        write(2);
        loop.await(follower.catchUp());
        long reads = store.calls(Operation.READ);

        StoredEntry told = chain.next();
        chain.apply(told);
        Future<ManifestState> applied = follower.pushed(told);
        Future<ManifestState> again = follower.pushed(told);

        assertThat(applied.result().sequence()).isEqualTo(3);
        assertThat(again.result().sequence()).isEqualTo(3);
        assertThat(store.calls(Operation.READ)).isEqualTo(reads);
    }

    @Test
    void whatIsMissingBeforeAnEntryThatIsToldIsRead() {
        List<Long> told = new ArrayList<>();
        follower.listen((entry, state) -> told.add(entry.entry().sequence()));
        write(2);
        StoredEntry last = chain.next();
        chain.apply(last);
        store(last);

        loop.await(follower.pushed(last));

        assertThat(told).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whatIsToldWhileOthersAreReadIsAppliedOnce() {
        List<Long> told = new ArrayList<>();
        write(40);
        follower.listen((entry, state) -> told.add(entry.entry().sequence()));
        Future<ManifestState> reading = follower.catchUp();
        loop.advance(ROUND_TRIP);
        StoredEntry next = loop.await(new ManifestLog(bucket, loop,
                Backoff.standard(new Random(1))).read(follower.state().sequence() + 1))
                .orElseThrow();

        follower.pushed(next);
        loop.await(reading);

        assertThat(told).doesNotHaveDuplicates().isSorted().hasSize(40);
    }

    @Test
    void afterAFailureOneGoesOnWhereOneWas() {
        write(100);
        faults.next(Operation.READ, new Fault.Pass(), new Fault.Pass(), new Fault.Pass(),
                new Fault.Refused());

        assertThatThrownBy(() -> loop.await(follower.catchUp()))
                .isInstanceOf(UnavailableException.class);

        assertThat(loop.await(follower.catchUp()).position())
                .isEqualTo(chain.state().position());
    }

    @Test
    void aLogOfAnyLengthIsApplied() {
        write(100_000);

        Follower near = follower(bucket, ManifestState.EMPTY);

        assertThat(loop.await(near.catchUp()).sequence()).isEqualTo(100_000);
        assertThat(loop.await(follower.catchUp()).sequence()).isEqualTo(100_000);
    }

    @Test
    void whoSleptWhileEntriesWereDeletedKnowsThatItKnowsNothing() {
        write(3);
        loop.await(follower.catchUp());
        loop.advance(SLEPT);
        loop.await(new Boundary(bucket).moveTo(9));

        assertThatThrownBy(() -> loop.await(follower.catchUp()))
                .isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> loop.await(follower.catchUp())).as("and does not forget it")
                .isInstanceOf(FencedException.class);
    }

    @Test
    void whoSleptDoesNotApplyWhatAnotherSleeperCreatedInTheGap() {
        write(3);
        loop.await(follower.catchUp());
        loop.advance(SLEPT);
        loop.await(new Boundary(bucket).moveTo(9));
        write(1);

        assertThatThrownBy(() -> loop.await(follower.catchUp()))
                .isInstanceOf(FencedException.class);
        assertThat(follower.state().sequence()).isEqualTo(3);
    }

    @Test
    void whoSleptWhileNothingWasDeletedGoesOn() {
        write(3);
        loop.await(follower.catchUp());
        loop.advance(SLEPT);
        loop.await(new Boundary(bucket).moveTo(3));
        write(50);

        assertThat(loop.await(follower.catchUp()).sequence()).isEqualTo(53);
    }

    @Test
    void whoseCheckpointIsOlderThanWhatWasDeletedDoesNotBegin() {
        write(3);
        ManifestState old = chain.state();
        write(5);
        for (long deleted = 1; deleted <= 6; deleted++) {
            bucket.delete(BucketLayout.logEntry(deleted));
        }
        loop.await(new Boundary(bucket).moveTo(6));

        assertThatThrownBy(() -> loop.await(follower(far, old).catchUp()))
                .isInstanceOf(FencedException.class);
    }

    @Test
    void theBoundaryIsReadOnlyByThoseWhoWereAwayForLong() {
        write(100);
        loop.await(follower.catchUp());
        store.reset();
        for (int i = 0; i < 100; i++) {
            loop.advance(Duration.ofMinutes(10));
            write(1);
            loop.await(follower.catchUp());
        }

        assertThat(store.calls(Operation.LIST)).isZero();
    }

    @Test
    void theEndIsKnownFromWhenItWasAskedFor() {
        Moment asked = Moment.now(loop);

        loop.await(follower.catchUp());

        assertThat(follower.headKnown()).isEqualTo(asked);
    }

    @Test
    void afterAnOwnCommitTheEndIsKnownFromWhenItsWritingBegan() {
        Moment begun = Moment.now(loop);
        loop.advance(SLEPT);
        StoredEntry own = new EntryChain().next(
                new CommitterElected("me"));

        follower.committed(own, begun);

        assertThat(follower.headKnown()).isEqualTo(begun);
    }

    @Test
    void anOwnEntryThatDoesNotCountIsABug() {
        StoredEntry foreign = chain.next();
        loop.await(follower.catchUp());

        assertThatThrownBy(() -> follower.committed(new StoredEntry(
                new ManifestEntry(
                        new ManifestEntry.Head(1, foreign.entry().head()
                                .writer(), foreign.entry().head().nonce(), 7,
                                foreign.entry().head().predecessor()),
                        foreign.entry().writtenAt(), List.of()),
                1, 1), Moment.now(loop))).isInstanceOf(AssertionError.class)
                .hasMessageContaining("an own entry counts");
    }

    @Test
    void aStateMayBeKeptByWhoeverHasIt() {
        ManifestFixture process = ManifestFixture.elected(bucket, loop, 1);
        ManifestState before = process.state();

        process.createTopic("orders", 1);

        assertThat(before.topics()).isEmpty();
        assertThat(process.state().topics()).hasSize(1);
    }

    private Follower follower(ObjectStore objects, ManifestState start) {
        return new Follower(new ManifestLog(objects, loop, Backoff.standard(new Random(1))), start,
                loop);
    }

    /** Writes so many entries into the bucket; the first of all is the election. */
    private void write(int entries) {
        int left = entries;
        if (chain.state().sequence() == 1
                && loop.await(bucket.read(BucketLayout.logEntry(1), 1_000)).isEmpty()
                && loop.await(new Boundary(bucket).read()) == Boundary.NONE) {
            store(new EntryChain().next(
                    new CommitterElected("first")));
            left--;
        }
        for (int i = 0; i < left; i++) {
            StoredEntry entry = chain.next();
            chain.apply(entry);
            store(entry);
        }
    }

    private void store(StoredEntry entry) {
        bucket.put(BucketLayout.logEntry(entry.entry().sequence()),
                EntryCodec.encode(entry.entry(), List.of()).bytes());
    }
}
