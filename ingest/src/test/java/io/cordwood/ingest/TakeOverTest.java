package io.cordwood.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.ingest.wal.Batches;
import io.cordwood.manifest.commit.Cargo;
import io.cordwood.manifest.commit.CommitSegment;
import io.cordwood.manifest.commit.TakeWal;
import io.cordwood.manifest.log.Boundary;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TakeOverTest {

    private final Bucket bucket = new Bucket();
    private final Node old = bucket.start();
    private final PartitionId partition = old.createTopic();

    @Test
    void whoWasReplacedFailsWhatIsOnItsWayAndAllThatComes() {
        old.await(old.append(partition, Batches.of("acknowledged")));
        Node next = bucket.nodeElsewhere().started();

        Future<Appended> onItsWay = old.append(partition, Batches.of("late"));
        old.pass(1);
        Future<Appended> after = old.append(partition, Batches.of("later"));
        old.pass(1);

        assertThat(onItsWay.cause()).isInstanceOf(FencedException.class)
                .hasMessageContaining("not stored").hasMessageContaining("node-2");
        assertThat(after.cause()).isInstanceOf(FencedException.class);
        assertThat(old.ingest.stopped().result()).isInstanceOf(FencedException.class);
        assertThat(old.ingest.statistics().heldBytes()).isZero();
        next.await(next.append(partition, Batches.of("new")));
        assertThat(bucket.records(partition)).containsExactly("0 acknowledged", "1 new");
    }

    @Test
    void whoNoticesWhileIdleRefusesAtOnce() {
        bucket.nodeElsewhere().started();
        old.await(old.follower.catchUp());
        old.runReady();
        long before = bucket.requests.calls();

        Future<Appended> append = old.append(partition, Batches.of("late"));

        assertThat(append.cause()).isInstanceOf(FencedException.class);
        assertThat(bucket.requests.calls()).isEqualTo(before);
    }

    @Test
    void whatIsOpenSealedOrUploadingFailsToo() {
        bucket.uploadsTake(10_000);
        Future<Appended> uploading = old.append(partition, Batches.large("uploading", 300_000));
        old.pass(1);
        Future<Appended> sealed = old.append(partition, Batches.of("sealed"));
        old.pass(1);
        bucket.nodeElsewhere().started();

        Future<Appended> open = old.append(partition, Batches.of("open"));
        old.await(old.follower.catchUp());
        old.runReady();

        assertThat(uploading.cause()).isInstanceOf(FencedException.class);
        assertThat(sealed.cause()).isInstanceOf(FencedException.class);
        assertThat(open.cause()).isInstanceOf(FencedException.class);
        assertThat(old.ingest.statistics().heldBytes()).isZero();
        old.pass(20_000);
        assertThat(bucket.records(partition)).isEmpty();
    }

    @Test
    void anEntryThatLandedBeforeTheTakeOverStillCounts() {
        bucket.lag(100);
        Future<Appended> append = old.append(partition, Batches.of("in time"));
        old.pass(60);
        bucket.lag(0);

        bucket.nodeElsewhere().started();
        old.await(old.follower.catchUp());
        old.pass(100);

        assertThat(append.result()).isEqualTo(new Appended(0));
        assertThat(bucket.records(partition)).containsExactly("0 in time");
    }

    @Test
    void whatWasToldNotToBeStoredIsNotStoredByTheNextStartEither() {
        bucket.nodeElsewhere().started();
        Future<Appended> refused = old.append(partition, Batches.of("sent elsewhere"));
        old.pass(1);
        assertThat(refused.cause()).isInstanceOf(FencedException.class);
        old.kill();

        bucket.start();

        assertThat(bucket.records(partition)).isEmpty();
    }

    @Test
    void ifThatCannotBePromisedNobodyKnows() {
        bucket.disk.refuseDeletes();
        bucket.nodeElsewhere().started();

        Future<Appended> append = old.append(partition, Batches.of("a"));
        old.pass(1);

        assertThat(append.cause()).isInstanceOf(UnknownOutcomeException.class);
        assertThat(old.ingest.statistics().heldBytes()).isZero();
    }

    @Test
    void aNumberThatSomebodyElseUsedStopsIt() {
        old.await(old.append(partition, Batches.of("a")));
        UUID wal = old.wal.identity();
        old.await(old.committer.commit(new CommitSegment(wal, bucket.state().wal(wal).owner(), 2,
                new Cargo.Nothing())));

        Future<Appended> append = old.append(partition, Batches.of("b"));
        old.pass(1);

        assertThat(append.cause()).isInstanceOf(FencedException.class)
                .hasMessageContaining("local directory");
        assertThat(old.ingest.stopped().isComplete()).isTrue();
        assertThat(bucket.records(partition)).containsExactly("0 a");
    }

    @Test
    void whoeverTakesTheWalStopsTheOneBefore() {
        old.await(old.append(partition, Batches.of("a")));
        old.await(old.committer.commit(new TakeWal(old.wal.identity(), new UUID(9, 9),
                old.follower.state().sequence())));

        Future<Appended> append = old.append(partition, Batches.of("b"));
        old.pass(1);

        assertThat(append.cause()).isInstanceOf(FencedException.class)
                .hasMessageContaining("a copy of it");
        assertThat(old.ingest.stopped().isComplete()).isTrue();
        assertThat(bucket.records(partition)).containsExactly("0 a");
    }

    @Test
    void afterASleepInWhichTheEntryMayHaveBeenDeletedNobodyKnowsAndTheFileStays() {
        old.pass(Duration.ofHours(2).toMillis());
        old.await(new Boundary(bucket.memory).moveTo(1_000));

        Future<Appended> append = old.append(partition, Batches.of("a"));
        old.pass(1);

        assertThat(append.cause()).isInstanceOf(UnknownOutcomeException.class);
        assertThat(bucket.disk.numbers()).containsExactly(1L);
        assertThat(old.ingest.stopped().isComplete()).isTrue();
        assertThat(old.append(partition, Batches.of("b")).cause())
                .isInstanceOf(UnavailableException.class);
        assertThat(old.ingest.statistics().heldBytes()).isZero();
    }
}
