package io.cordwood.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.ingest.wal.Batches;
import io.cordwood.runtime.HeldWorkers;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.Operation;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RecoveryTest {

    private final Bucket bucket = new Bucket();
    private final Node first = bucket.start();
    private final PartitionId partition = first.createTopic();

    @Test
    void aCrashBeforeTheSealLosesNothingThatWasWritten() {
        first.append(partition, Batches.of("a"));
        first.append(partition, Batches.of("b"));
        first.kill();

        bucket.start();

        assertThat(bucket.records(partition)).containsExactly("0 a", "1 b");
    }

    @Test
    void aCrashAfterTheSealIsFinishedByTheNextProcess() {
        bucket.lag(100);
        first.append(partition, Batches.large("a", 300_000));
        first.pass(1);
        assertThat(first.ingest.statistics().segments().uploading()).isEqualTo(1);
        first.kill();

        Node second = bucket.start();

        assertThat(bucket.records(partition)).containsExactly("0 a");
        assertThat(second.ingest.statistics().recoveredSegments()).isEqualTo(1);
        assertThat(bucket.disk.numbers()).isEmpty();
    }

    @Test
    void aCrashAfterTheUploadIsFinishedByTheNextProcess() {
        bucket.faults.policy(FaultPolicy.when(
                request -> request.operation() == Operation.PUT_IF_ABSENT, new Fault.Refused()));
        first.append(partition, Batches.large("a", 300_000));
        first.pass(1);
        assertThat(first.ingest.statistics().deliveries().uploaded()).isEqualTo(1);
        first.kill();
        bucket.faults.policy(FaultPolicy.none());

        bucket.start();

        assertThat(bucket.records(partition)).containsExactly("0 a");
    }

    @Test
    void aCrashAfterTheCommitAndBeforeItsAnswerStoresNothingTwice() {
        bucket.lag(100);
        Future<Appended> append = first.append(partition, Batches.of("a"));
        first.pass(60);
        first.kill();
        assertThat(append.isComplete()).isFalse();
        assertThat(bucket.disk.numbers()).containsExactly(1L);

        Node second = bucket.start();

        assertThat(bucket.records(partition)).containsExactly("0 a");
        assertThat(second.ingest.statistics().recoveredSegments()).isZero();
        assertThat(bucket.disk.numbers()).isEmpty();
    }

    @Test
    void aCommitThatIsStillOnItsWayWhenTheNextProcessStartsCountsOnce() {
        bucket.lag(1_000);
        first.append(partition, Batches.of("a"));
        first.pass(1);
        first.kill();
        bucket.lag(0);

        Node second = bucket.start();
        second.pass(5_000);

        assertThat(bucket.records(partition)).containsExactly("0 a");
    }

    @Test
    void aCrashBeforeTheLocalFileIsDeletedStoresNothingTwice() {
        bucket.disk.refuseDeletes();
        first.await(first.append(partition, Batches.of("a")));
        first.kill();
        assertThat(bucket.disk.numbers()).containsExactly(1L);

        Node second = bucket.node(bucket.life());
        Future<Void> started = second.begin();
        second.pass(1);

        assertThat(started.cause()).isInstanceOf(UnavailableException.class)
                .hasMessageContaining("read-only");
        assertThat(bucket.records(partition)).containsExactly("0 a");
    }

    @Test
    void aCrashBeforeTheLocalFileIsWrittenLosesOnlyWhatNobodyWasToldOf() {
        HeldWorkers workers = new HeldWorkers();
        Node second = startOn(workers);
        second.append(partition, Batches.of("lost"));
        second.kill();

        Node third = bucket.start();

        third.await(third.append(partition, Batches.of("next")));
        assertThat(bucket.records(partition)).containsExactly("0 next");
    }

    @Test
    void aCrashInTheMiddleOfARecoveryIsOneMoreCrash() {
        leaveSegments(4);
        bucket.lag(100);
        Node second = bucket.node(bucket.life());
        second.begin();
        for (int i = 0; i < 100 && bucket.records(partition).isEmpty(); i++) {
            second.pass(10);
        }
        second.kill();
        assertThat(bucket.records(partition)).containsExactly("0 v1");
        bucket.lag(0);

        bucket.start();

        assertThat(bucket.records(partition)).containsExactly("0 v1", "1 v2", "2 v3", "3 v4");
    }

    @Test
    void whatIsRecoveredComesBeforeWhatIsNew() {
        leaveSegments(2);
        Node second = bucket.node(bucket.life());
        bucket.lag(10);
        Future<Void> started = second.begin();
        Future<Appended> early = second.append(partition, Batches.of("early"));
        second.await(started);
        second.await(second.append(partition, Batches.of("new")));

        assertThat(early.cause()).isInstanceOf(UnavailableException.class);
        assertThat(bucket.records(partition)).containsExactly("0 v1", "1 v2", "2 new");
    }

    @Test
    void anOutageHoldsTheRecoveryUpAndNothingElseHappens() {
        leaveSegments(2);
        Node second = bucket.node(bucket.life());
        second.await(second.committer.elect());
        bucket.faults.policy(FaultPolicy.always(new Fault.Refused()));
        Future<Void> started = second.ingest.start();
        second.pass(60_000);
        assertThat(started.isComplete()).isFalse();

        bucket.faults.policy(FaultPolicy.none());
        second.await(started);

        assertThat(bucket.records(partition)).containsExactly("0 v1", "1 v2");
    }

    @Test
    void oneSegmentIsReadAfterTheOther() {
        leaveSegments(3);
        HeldWorkers workers = new HeldWorkers();
        Node second = bucket.node(bucket.life().with(workers));
        second.begin();
        second.pass(1);
        workers.workOnce();
        assertThat(workers.waiting()).isEqualTo(1);
        workers.workOnce();
        second.runReady();

        assertThat(second.ingest.statistics().segments().committing()).isLessThanOrEqualTo(1);
        second.pass(1);
        assertThat(bucket.records(partition)).containsExactly("0 v1");
    }

    @Test
    void aNumberWithoutAFileIsCommittedAsNothing() {
        leaveSegments(4);
        bucket.disk.lose(1);
        bucket.disk.lose(3);

        Node second = bucket.start();
        second.await(second.append(partition, Batches.of("new")));

        assertThat(bucket.records(partition)).containsExactly("0 v2", "1 v4", "2 new");
        assertThat(bucket.state().walNumber(second.wal.identity())).isEqualTo(5);
    }

    @Test
    void runsOfDeletedTopicsAreLeftOutWithoutHarm() {
        leaveSegments(1);
        Node second = bucket.node(bucket.life());
        second.await(second.committer.elect());
        second.deleteTopic();
        PartitionId other = second.createTopic();

        second.await(second.ingest.start());
        second.await(second.append(other, Batches.of("new")));

        assertThat(bucket.records(other)).containsExactly("0 new");
        assertThat(bucket.disk.numbers()).isEmpty();
    }

    @Test
    void aFileThatACrashCutIsUsedUpToTheCut() {
        bucket.lag(60_000);
        first.append(partition, Batches.of("a"));
        first.append(partition, Batches.of("b"));
        first.kill();
        bucket.lag(0);
        bucket.disk.change(1, file -> Arrays.copyOf(file, file.length - 1));

        Node second = bucket.start();
        second.await(second.append(partition, Batches.of("new")));

        assertThat(bucket.records(partition)).containsExactly("0 a", "1 new");
        assertThat(bucket.disk.setAside()).isEmpty();
        assertThat(bucket.disk.numbers()).isEmpty();
    }

    @Test
    void afterACutInTheMiddleNothingThatFollowsIsUsed() {
        leaveSegments(4);
        bucket.disk.change(2, file -> Arrays.copyOf(file, file.length - 1));

        Node second = bucket.start();
        second.await(second.append(partition, Batches.of("new")));

        assertThat(bucket.records(partition)).containsExactly("0 v1", "1 new");
        assertThat(bucket.disk.setAside()).containsExactly(2L, 3L, 4L);
    }

    @Test
    void afterAFlippedBitNothingThatFollowsIsUsed() {
        leaveSegments(3);
        bucket.disk.change(2, file -> flip(file, 50));

        Node second = bucket.start();
        second.await(second.append(partition, Batches.of("new")));

        assertThat(bucket.records(partition)).containsExactly("0 v1", "1 new");
        assertThat(bucket.disk.setAside()).containsExactly(2L, 3L);
        assertThat(bucket.disk.numbers()).isEmpty();
    }

    @Test
    void aCrashWhileDamageIsDealtWithChangesNothing() {
        for (int steps = 0; steps < 12; steps++) {
            Bucket other = new Bucket();
            Node before = other.start();
            PartitionId there = before.createTopic();
            other.lag(60_000);
            for (int i = 1; i <= 4; i++) {
                before.append(there, Batches.of("first of " + i));
                before.append(there, Batches.of("second of " + i));
                before.pass(1);
            }
            before.kill();
            other.lag(0);
            other.disk.change(2, file -> flip(file, file.length - 1));

            recoverAndCrashAfter(steps, other);
            other.start();

            assertThat(other.records(there)).as("after %d steps", steps)
                    .containsExactly("0 first of 1", "1 second of 1", "2 first of 2");
            assertThat(other.disk.numbers()).isEmpty();
        }
    }

    private static void recoverAndCrashAfter(int steps, Bucket bucket) {
        HeldWorkers workers = new HeldWorkers();
        Node doomed = bucket.node(bucket.life().with(workers));
        doomed.begin();
        for (int i = 0; i < steps; i++) {
            doomed.pass(1);
            if (workers.waiting() > 0) {
                workers.workOnce();
            }
        }
        doomed.kill();
    }

    @Test
    void filesOfAnotherDirectoryAreNotUsed() {
        leaveSegments(2);
        bucket.disk.change(1, file -> flip(file, 20));

        bucket.start();

        assertThat(bucket.records(partition)).isEmpty();
        assertThat(bucket.disk.setAside()).containsExactly(1L, 2L);
    }

    @Test
    void aFullLocalDiskStopsNoService() {
        bucket.disk.fill();

        for (int i = 0; i < 5; i++) {
            first.await(first.append(partition, Batches.of("v" + i)));
        }

        assertThat(bucket.records(partition)).hasSize(5);
        assertThat(first.ingest.statistics().wal().lostSegments()).isEqualTo(5);
        assertThat(first.ingest.statistics().wal().failing()).isTrue();
        bucket.disk.free();
        first.await(first.append(partition, Batches.of("v5")));
        assertThat(first.ingest.statistics().wal().failing()).isFalse();
        assertThat(bucket.disk.numbers()).isEmpty();
    }

    @Test
    void whatAFullDiskDidNotTakeIsTheOnlyThingACrashLoses() {
        bucket.lag(60_000);
        first.append(partition, Batches.of("a"));
        first.pass(1);
        bucket.disk.fill();
        first.append(partition, Batches.of("lost"));
        first.pass(1);
        bucket.disk.free();
        first.append(partition, Batches.of("b"));
        first.pass(1);
        first.kill();
        bucket.lag(0);

        bucket.start();

        assertThat(bucket.records(partition)).containsExactly("0 a", "1 b");
    }

    /** Ends the first process with so many segments that are not committed. */
    private void leaveSegments(int count) {
        bucket.lag(60_000);
        for (int i = 1; i <= count; i++) {
            first.append(partition, Batches.of("v" + i));
            first.pass(1);
        }
        first.kill();
        bucket.lag(0);
        assertThat(bucket.disk.numbers()).hasSize(count);
    }

    private Node startOn(HeldWorkers workers) {
        first.kill();
        Node node = bucket.node(bucket.life().with(workers));
        Future<Void> started = node.begin();
        node.pass(1);
        workers.work();
        node.await(started);
        return node;
    }

    private static byte[] flip(byte[] file, int offset) {
        file[offset] ^= 1;
        return file;
    }
}
