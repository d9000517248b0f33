package io.cordwood.indexer.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.ManifestFixture;
import io.cordwood.manifest.commit.Cargo;
import io.cordwood.manifest.commit.CommitSegment;
import io.cordwood.manifest.commit.DeleteTopic;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.WalState;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.layout.ObjectId;
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
import io.cordwood.store.segment.SegmentForge;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
    private final OrphanCollector collector = new OrphanCollector(
            new OrphanCollector.Parts(manifest.follower(), manifest.committer(), loop, store),
            new CollectSettings(Duration.ofMinutes(10), Duration.ofMinutes(10), PAUSE, GRACE),
            BucketLayout.SEGMENT_PREFIX);

    @Test
    void aSegmentThatNobodyKnowsGoesWhenTheGraceIsOver() {
        upload();

        pass(GRACE);
        assertThat(segments()).hasSize(1);

        assertThat(pass(PAUSE.multipliedBy(2))).isEqualTo(1);
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
    void whatIsCommittedLateStaysIfNobodyHasGivenItUp() {
        Segment segment = upload();

        pass(GRACE.minus(PAUSE));
        commit(segment);
        pass(GRACE.multipliedBy(2));

        assertThat(segments()).containsExactly(BucketLayout.segment(segment.id()));
    }

    @Test
    void whatIsGoneIsNotCommitted() {
        Segment segment = upload();
        pass(GRACE.plus(PAUSE));
        assertThat(segments()).isEmpty();

        assertThatThrownBy(() -> commit(segment)).isInstanceOf(MissingObjectException.class)
                .hasMessageContaining("too long ago");
    }

    /** By whatever process, and however long its proposal was on its way. */
    @Test
    void whatASuccessorHasCommittedStays() {
        Segment segment = upload();
        pass(GRACE.minus(PAUSE));
        ManifestFixture successor = ManifestFixture.elected(bucket, loop, 2);
        successor.commit(new CommitSegment(WAL, WalState.NOBODY, 1, Cargo.Uploaded.of(segment)));

        for (int i = 0; i < 50; i++) {
            loop.advance(PAUSE);
            Future<Integer> gone = collector.collect();
            loop.advance(Duration.ZERO);
            assertThat(gone.succeeded() && gone.result() > 0).isFalse();
        }

        assertThat(segments()).containsExactly(BucketLayout.segment(segment.id()));
    }

    @Test
    void whatIsYoungerStaysWhenWhatIsOlderGoes() {
        upload();
        pass(GRACE);
        Segment young = upload();

        look();

        assertThat(segments()).containsExactly(BucketLayout.segment(young.id()));
        commit(young);
        pass(GRACE.multipliedBy(2));
        assertThat(segments()).containsExactly(BucketLayout.segment(young.id()));
    }

    @Test
    void whereThereIsNoOrphanNothingIsWritten() {
        Segment segment = upload();
        commit(segment);
        long before = manifest.state().sequence();

        pass(GRACE.multipliedBy(3));

        assertThat(manifest.state().sequence()).isEqualTo(before);
    }

    @Test
    void anOrphanCostsTwoEntriesHoweverLongNothingElseHappens() {
        upload();
        long before = manifest.state().sequence();

        pass(GRACE.multipliedBy(5));

        assertThat(segments()).isEmpty();
        assertThat(manifest.state().sequence()).isEqualTo(before + 2);
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
    void whatAWriteBringsBackGoesTheNextTimeAround() {
        Segment segment = upload();
        pass(GRACE.plus(PAUSE));
        assertThat(segments()).isEmpty();
        loop.await(bucket.put(BucketLayout.segment(segment.id()), segment.bytes()));

        look();

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

    private Segment upload() {
        UUID id = ObjectId.of(manifest.state().sequence(), manifest.ids().get());
        Segment segment = SegmentForge.segment(id, List.of(partition), 3);
        loop.await(bucket.put(BucketLayout.segment(segment.id()), segment.bytes()));
        return segment;
    }

    private void commit(Segment segment) {
        manifest.commit(new CommitSegment(WAL, WalState.NOBODY, 1, Cargo.Uploaded.of(segment)));
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
