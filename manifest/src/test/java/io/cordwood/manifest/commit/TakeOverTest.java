package io.cordwood.manifest.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.ManifestFixture;
import io.cordwood.manifest.event.EntryCodec;
import io.cordwood.manifest.event.ManifestEntry;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.follow.HeadProbe;
import io.cordwood.manifest.log.Boundary;
import io.cordwood.manifest.log.ManifestLog;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.FailingObjectStore;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.Fault.Landing;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.LaggingObjectStore;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TakeOverTest {

    private static final Duration ROUND_TRIP = Duration.ofMillis(100);
    private static final Duration SLEPT = ManifestLog.ENTRY_RETENTION;

    private final ManualEventLoop loop = new ManualEventLoop();
    private final MemoryObjectStore bucket = new MemoryObjectStore(loop::now);
    private final FailingObjectStore failing = new FailingObjectStore(bucket, FaultPolicy.none());
    private final ManifestFixture older = ManifestFixture.elected(
            new LaggingObjectStore(failing, loop, operation -> ROUND_TRIP), loop, 1);
    private final PartitionId partition = new PartitionId(older.createTopic("orders", 1), 0);

    @Test
    void theOlderOneNoticesAtItsNextCommitOfWhichNothingIsStored() {
        older.append(partition, 5);
        ManifestFixture newer = ManifestFixture.elected(bucket, loop, 2);

        Future<List<RunOutcome>> late = older.committer()
                .commit(older.inline(older.segment(3, partition)));

        assertThatThrownBy(() -> loop.await(late)).isInstanceOf(FencedException.class)
                .hasMessageContaining("process-2").hasMessageContaining("epoch 2");
        assertThat(older.committer().deposed().succeeded()).isTrue();
        assertThat(newer.catchUp().walNumber(older.wal())).isEqualTo(1);
        assertThat(newer.append(partition, 7)).isEqualTo(5);
    }

    @Test
    void whatWaitsFailsWithWhatWasOnItsWayAndSoDoesWhatComesLater() {
        List<Future<List<RunOutcome>>> commits = new ArrayList<>();
        ManifestFixture newer = ManifestFixture.elected(bucket, loop, 2);
        for (int i = 0; i < 10; i++) {
            commits.add(older.committer().commit(older.inline(older.segment(1, partition))));
        }
        loop.advance(Duration.ofSeconds(1));

        assertThat(commits).allMatch(commit -> commit.cause() instanceof FencedException);
        assertThat(older.committer().commit(new DeleteTopic(new TopicName("orders"))).cause())
                .isInstanceOf(FencedException.class);
        assertThat(newer.catchUp().walNumber(older.wal())).isZero();
    }

    @Test
    void anOlderOneThatIsIdleNoticesByLooking() {
        new HeadProbe(older.follower(), loop).start();
        ManifestFixture.elected(bucket, loop, 2);

        loop.advance(HeadProbe.INTERVAL.multipliedBy(2).plus(ROUND_TRIP));

        assertThat(older.committer().deposed().succeeded()).isTrue();
    }

    @Test
    void ofTwoWhoStandTogetherBothAreElectedOneAfterTheOther() {
        ManifestFixture second = ManifestFixture.open(
                new LaggingObjectStore(bucket, loop, operation -> ROUND_TRIP), loop, 2);
        ManifestFixture third = ManifestFixture.open(
                new LaggingObjectStore(bucket, loop, operation -> ROUND_TRIP), loop, 3);

        loop.await(Future.join(second.committer().elect(), third.committer().elect()).mapEmpty());
        ManifestState state = ManifestFixture.open(bucket, loop, 4).catchUp();

        assertThat(state.position().epoch()).isEqualTo(3);
        assertThat(state.position().committer()).isIn(second.self().id(), third.self().id());
    }

    @Test
    void aCommitThatLandedBeforeTheTakeOverIsAnsweredAsWhatItIs() {
        failing.policy(FaultPolicy.when(request -> request.operation() == Operation.PUT_IF_ABSENT,
                new Fault.TimeOut(Landing.AT_ONCE)));
        Future<List<RunOutcome>> unknown = older.committer()
                .commit(older.inline(older.segment(3, partition)));
        Future<List<RunOutcome>> behindIt = older.committer()
                .commit(older.inline(older.segment(4, partition)));
        loop.advance(ROUND_TRIP);
        ManifestFixture newer = ManifestFixture.elected(bucket, loop, 2);
        Future<List<RunOutcome>> late = older.committer()
                .commit(older.inline(older.segment(5, partition)));

        assertThat(loop.await(unknown)).containsExactly(new RunOutcome.Appended(0));
        assertThat(loop.await(behindIt)).containsExactly(new RunOutcome.Appended(3));
        assertThatThrownBy(() -> loop.await(late)).isInstanceOf(FencedException.class);
        assertThat(newer.state().walNumber(older.wal())).isEqualTo(2);
        assertThat(newer.nextOffset(partition)).isEqualTo(7);
    }

    @Test
    void aCommitThatIsStillOnTheWayWhenAnotherTakesOverLosesItsNumber() {
        failing.policy(FaultPolicy.when(request -> request.operation() == Operation.PUT_IF_ABSENT,
                new Fault.TimeOut(Landing.LATER)));
        Future<List<RunOutcome>> late = older.committer()
                .commit(older.inline(older.segment(3, partition)));
        loop.advance(ROUND_TRIP.dividedBy(2));
        ManifestFixture newer = ManifestFixture.elected(bucket, loop, 2);
        failing.landLate();
        failing.policy(FaultPolicy.none());

        assertThatThrownBy(() -> loop.await(late)).isInstanceOf(FencedException.class);
        assertThat(newer.catchUp().walNumber(older.wal())).isZero();
    }

    @Test
    void aCommitterWhoseStoreIsAwayDoesNotAnswerUntilItKnows() {
        failing.policy(FaultPolicy.always(new Fault.TimeOut(Landing.NEVER)));
        Future<List<RunOutcome>> open = older.committer()
                .commit(older.inline(older.segment(3, partition)));

        loop.advance(Duration.ofMinutes(10));
        assertThat(open.isComplete()).isFalse();
        failing.policy(FaultPolicy.none());

        assertThat(loop.await(open)).containsExactly(new RunOutcome.Appended(0));
    }

    @Test
    void anEntryWrittenUnderAnOldElectionIsPassedOverByAll() {
        ManifestFixture blind = ManifestFixture.open(bucket, loop, 3);
        blind.catchUp();
        ManifestFixture newer = ManifestFixture.elected(bucket, loop, 2);
        putEntry(newer.state().sequence() + 1, older, 1);

        assertThat(newer.append(partition, 2)).isZero();
        assertThat(blind.catchUp().position()).isEqualTo(newer.state().position());
    }

    @Test
    void whatLosesItsNumberToAVoidEntryIsCommittedAfterItInItsOrder() {
        ManifestFixture newer = ManifestFixture.open(
                new LaggingObjectStore(bucket, loop, operation -> ROUND_TRIP), loop, 2);
        List<Future<List<RunOutcome>>> commits = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            commits.add(newer.committer().commit(newer.inline(newer.segment(i, partition))));
        }
        newer.elect();
        putEntry(newer.state().sequence() + 1, older, 1);

        loop.await(Future.join(commits).mapEmpty());

        assertThat(commits).extracting(commit -> commit.result().getFirst()).containsExactly(
                new RunOutcome.Appended(0), new RunOutcome.Appended(1), new RunOutcome.Appended(3),
                new RunOutcome.Appended(6), new RunOutcome.Appended(10));
        assertThat(newer.state().sequence()).as("two elections, topic, void, all of these")
                .isEqualTo(5);
    }

    @Test
    void whoSleptAndOnlyLooksNoticesThatItIsOver() {
        sleepWhileOthersCollect();

        assertThatThrownBy(older::catchUp).isInstanceOf(FencedException.class);

        assertThat(older.committer().deposed().isComplete()).isTrue();
    }

    @Test
    void whoSleptAndCreatedADeletedNumberAgainDoesNotBelieveIt() {
        sleepWhileOthersCollect();

        Future<List<RunOutcome>> bogus = older.committer()
                .commit(older.inline(older.segment(3, partition)));
        Future<List<RunOutcome>> behindIt = older.committer()
                .commit(older.inline(older.segment(3, partition)));

        assertThatThrownBy(() -> loop.await(bogus)).isInstanceOf(UnknownOutcomeException.class);
        assertThatThrownBy(() -> loop.await(behindIt)).as("it is on its way, too")
                .isInstanceOf(UnknownOutcomeException.class);
        assertThat(older.committer().deposed().succeeded()).isTrue();
        assertThat(older.state().walNumber(older.wal())).isZero();
    }

    @Test
    void whoSleptAndLookedFirstCreatesNothing() {
        new HeadProbe(older.follower(), loop).start();
        failing.policy(FaultPolicy.always(new Fault.Refused()));
        sleepWhileOthersCollect();
        failing.policy(FaultPolicy.none());
        loop.advance(HeadProbe.INTERVAL.multipliedBy(3));

        Future<List<RunOutcome>> bogus = older.committer()
                .commit(older.inline(older.segment(3, partition)));

        assertThatThrownBy(() -> loop.await(bogus)).isInstanceOf(FencedException.class);
        assertThat(loop.await(bucket.read(BucketLayout.logEntry(older.state().sequence() + 1),
                EntryCodec.SIZE_MAX))).isEmpty();
    }

    @Test
    void whoSleptDoesNotStandOnADeletedNumber() {
        sleepWhileOthersCollect();

        assertThatThrownBy(() -> loop.await(older.committer().elect()))
                .isInstanceOf(FencedException.class);
    }

    @Test
    void whoSleptBesideAnotherSleeperIsFencedAndNotKeptBusy() {
        ManifestFixture sleeper = ManifestFixture.open(bucket, loop, 9);
        sleeper.catchUp();
        sleepWhileOthersCollect();
        putEntry(older.state().sequence() + 1, sleeper, 2);

        Future<List<RunOutcome>> lost = older.committer()
                .commit(older.inline(older.segment(3, partition)));

        assertThatThrownBy(() -> loop.await(lost)).isInstanceOf(FencedException.class);
    }

    @Test
    void anElectionFailsWhileTheLogCannotBeReadAndSucceedsLater() {
        ManifestFixture newer = ManifestFixture.open(failing, loop, 2);
        failing.policy(FaultPolicy.always(new Fault.Refused()));
        assertThatThrownBy(newer::elect).isInstanceOf(UnavailableException.class);
        failing.policy(FaultPolicy.none());

        newer.elect();

        assertThat(newer.state().position().committer()).isEqualTo(newer.self().id());
    }

    /** An entry as the process would write it, of whatever epoch it believes in. */
    private void putEntry(long sequence, ManifestFixture writer, long epoch) {
        ManifestEntry entry = new ManifestEntry(new ManifestEntry.Head(sequence, writer.self().id(),
                writer.ids().get(), epoch, writer.state().position().nonce()), loop.now(),
                List.of());
        bucket.put(BucketLayout.logEntry(sequence), EntryCodec.encode(entry, List.of()).bytes());
    }

    /** The older one sees nothing for long; meanwhile its successor writes and collects the log. */
    private void sleepWhileOthersCollect() {
        ManifestFixture newer = ManifestFixture.elected(bucket, loop, 2);
        newer.append(partition, 4);
        UUID topic = newer.createTopic("more", 1);
        newer.append(new PartitionId(topic, 0), 1);
        loop.await(newer.checkpoints().write(newer.state()));
        loop.advance(SLEPT);
        long last = newer.state().sequence();
        loop.await(new Boundary(bucket).moveTo(last));
        for (long sequence = 1; sequence <= last; sequence++) {
            loop.await(bucket.delete(BucketLayout.logEntry(sequence)));
        }
    }
}
