package io.cordwood.indexer.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.ManifestFixture;
import io.cordwood.manifest.commit.Cargo;
import io.cordwood.manifest.commit.CommitSegment;
import io.cordwood.manifest.commit.DeleteTopic;
import io.cordwood.manifest.event.TopicName;
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
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.Segment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class OrphanCollectorTest {

    private static final Duration PAUSE = Duration.ofMinutes(5);
    private static final Duration GRACE = Duration.ofHours(1);
    private static final UUID WAL = new UUID(9, 9);

    private final ManualEventLoop loop = new ManualEventLoop();
    private final MemoryObjectStore bucket = new MemoryObjectStore(loop::now);
    private final FailingObjectStore failing = new FailingObjectStore(bucket, FaultPolicy.none());
    private final CountingObjectStore store = new CountingObjectStore(failing);
    private final ManifestFixture manifest = ManifestFixture.elected(bucket, loop, 1);
    private final PartitionId partition = new PartitionId(manifest.createTopic("orders", 1), 0);
    private final Set<UUID> inHand = new HashSet<>();
    private final OrphanCollector collector = new OrphanCollector(
            new OrphanCollector.Parts(manifest.follower(), manifest.committer(), loop, store,
                    inHand::contains),
            new CollectSettings(Duration.ofMinutes(10), Duration.ofMinutes(10), PAUSE, GRACE),
            BucketLayout.SEGMENT_PREFIX);

    @Test
    void aSegmentThatNobodyKnowsGoesWhenTheGraceIsOver() {
        upload();

        look();
        pass(GRACE.minus(PAUSE));
        assertThat(segments()).hasSize(1);

        assertThat(look()).isEqualTo(1);
        assertThat(segments()).isEmpty();
    }

    @Test
    void aSegmentThatRunsAreInStays() {
        Segment segment = upload();
        commit(segment);

        pass(GRACE.multipliedBy(3));

        assertThat(segments()).containsExactly(BucketLayout.segment(segment.id()));
    }

    @Test
    void whatItsLastRunHasLeftIsLeftToThoseWhoKnowSinceWhen() {
        Segment segment = upload();
        commit(segment);
        manifest.commit(new DeleteTopic(new TopicName("orders")));

        pass(GRACE.multipliedBy(3));

        assertThat(segments()).containsExactly(BucketLayout.segment(segment.id()));
    }

    @Test
    void whatIsInHandStaysHoweverLongItsCommitTakes() {
        Segment segment = upload();
        inHand.add(segment.id());

        pass(GRACE.multipliedBy(24));
        commit(segment);
        inHand.clear();
        pass(GRACE.multipliedBy(2));

        assertThat(segments()).containsExactly(BucketLayout.segment(segment.id()));
    }

    @Test
    void theGraceBeginsAnewForWhatWasInHandInBetween() {
        Segment segment = upload();
        pass(GRACE.minus(PAUSE));
        inHand.add(segment.id());
        look();
        inHand.clear();

        pass(GRACE);
        assertThat(segments()).hasSize(1);

        pass(PAUSE);
        assertThat(segments()).isEmpty();
    }

    /** As a process that was followed by another and has not heard of it. */
    @Test
    void whoHasNotSeenTheEndOfTheLogSinceDeletesNothing() {
        ManifestFixture successor = ManifestFixture.elected(bucket, loop, 2);
        Segment segment = successor.segment(3, partition);
        loop.await(bucket.put(BucketLayout.segment(segment.id()), segment.bytes()));
        successor.commit(new CommitSegment(WAL, 1, Cargo.Uploaded.of(segment)));

        for (int i = 0; i < 50; i++) {
            loop.advance(PAUSE);
            assertThat(loop.await(collector.collect())).isZero();
        }

        assertThat(segments()).containsExactly(BucketLayout.segment(segment.id()));
    }

    @Test
    void whoIsTheCommitterNoMoreDeletesNothing() {
        upload();
        ManifestFixture.elected(bucket, loop, 2);

        pass(GRACE.multipliedBy(3));

        assertThat(manifest.committer().deposed().isComplete()).isTrue();
        assertThat(segments()).hasSize(1);
    }

    @Test
    void whatADeleteHasLeftIsFoundTheNextTimeAround() {
        upload();
        failing.policy(FaultPolicy.when(request -> request.operation() == Operation.DELETE,
                new Fault.Ignored()));
        assertThat(pass(GRACE.multipliedBy(2))).isZero();
        assertThat(segments()).hasSize(1);

        failing.policy(FaultPolicy.none());
        assertThat(look()).isEqualTo(1);
        assertThat(segments()).isEmpty();
    }

    @Test
    void whatCouldNotBeDeletedIsFoundTheNextTimeAround() {
        upload();
        pass(GRACE);
        failing.policy(FaultPolicy.when(request -> request.operation() == Operation.DELETE,
                new Fault.Refused()));
        assertThatThrownBy(this::look).isInstanceOf(UnavailableException.class);

        failing.policy(FaultPolicy.none());
        assertThat(look()).isEqualTo(1);
    }

    @Test
    void whatAWriteBringsBackGoesAfterAGraceOfItsOwn() {
        Segment segment = upload();
        pass(GRACE.plus(PAUSE));
        assertThat(segments()).isEmpty();
        look();
        loop.await(bucket.put(BucketLayout.segment(segment.id()), segment.bytes()));

        pass(GRACE);
        assertThat(segments()).hasSize(1);

        pass(PAUSE);
        assertThat(segments()).isEmpty();
    }

    @Test
    void whatIsNotASegmentIsNotTouched() {
        ObjectKey foreign = new ObjectKey("segments/read-me.txt");
        loop.await(bucket.put(foreign, Bytes.wrap(new byte[50])));

        pass(GRACE.multipliedBy(3));

        assertThat(segments()).containsExactly(foreign);
    }

    @Test
    void aLookIsOneListingOfAPageAndAllAreSeenInTurn() {
        Segment known = upload();
        commit(known);
        for (int i = 0; i < 2_500; i++) {
            upload();
        }
        for (int minute = 0; minute < 3 * PAUSE.toMinutes(); minute++) {
            loop.advance(Duration.ofMinutes(1));
            loop.await(collector.collect());
        }
        assertThat(store.calls()).isEqualTo(3);
        assertThat(store.calls(Operation.LIST)).isEqualTo(3);

        assertThat(pass(GRACE.plus(PAUSE.multipliedBy(3)))).isEqualTo(2_500);

        assertThat(segments()).containsExactly(BucketLayout.segment(known.id()));
    }

    @Test
    void noMoreAreRememberedThanThereIsRoomForAndTheOthersGoLater() {
        for (int i = 0; i < 12_000; i++) {
            upload();
        }

        assertThat(pass(GRACE.multipliedBy(6))).isEqualTo(12_000);

        assertThat(segments()).isEmpty();
    }

    private Segment upload() {
        Segment segment = manifest.segment(3, partition);
        loop.await(bucket.put(BucketLayout.segment(segment.id()), segment.bytes()));
        return segment;
    }

    private void commit(Segment segment) {
        manifest.commit(new CommitSegment(WAL, 1, Cargo.Uploaded.of(segment)));
    }

    /** Looks as often as it is time to, at the end of the log first. */
    private int pass(Duration time) {
        int gone = 0;
        for (Duration left = time; left.isPositive(); left = left.minus(PAUSE)) {
            gone += look();
        }
        return gone;
    }

    private int look() {
        loop.advance(PAUSE);
        manifest.catchUp();
        return loop.await(collector.collect());
    }

    private List<ObjectKey> segments() {
        List<ObjectKey> all = new ArrayList<>();
        Listing listing = Listing.of(BucketLayout.SEGMENT_PREFIX);
        ObjectPage page = bucket.list(listing).result();
        while (true) {
            page.objects().forEach(object -> all.add(object.key()));
            if (page.last()) {
                return all;
            }
            page = bucket.list(listing.after(all.getLast())).result();
        }
    }
}
