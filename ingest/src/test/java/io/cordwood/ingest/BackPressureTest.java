package io.cordwood.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.ingest.wal.Batches;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.cordwood.store.batch.ValidBatch;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.Operation;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackPressureTest {

    private static final ValidBatch BATCH = Batches.large("v", 900);

    /** Room for ten batches. */
    private static final IngestSettings TIGHT = new IngestSettings(Duration.ofMillis(250), 2_000,
            10 * Node.cost(BATCH), 8, Duration.ofSeconds(5), Duration.ofSeconds(20));

    private final Bucket bucket = new Bucket();
    private final Node node = bucket.start(bucket.life().with(TIGHT));
    private final PartitionId partition = node.createTopic();

    @Test
    void whatDoesNotFitWaitsAndIsTakenWhenThereIsRoom() {
        bucket.lag(1_000);
        List<Future<Appended>> appends = append(11);
        node.pass(1);
        assertThat(node.ingest.statistics().heldBytes()).isEqualTo(10 * Node.cost(BATCH));

        node.pass(3_000);

        assertThat(appends).allMatch(Future::succeeded);
        assertThat(node.ingest.statistics().heldBytes()).isZero();
    }

    @Test
    void whoWaitsTooLongIsRefusedAndNothingOfItIsStored() {
        refuseAll();
        List<Future<Appended>> appends = append(11);

        node.pass(5_001);
        assertThat(appends.getLast().cause()).isInstanceOf(UnavailableException.class);
        bucket.faults.policy(FaultPolicy.none());
        node.pass(10_000);

        assertThat(appends.subList(0, 10)).allMatch(Future::succeeded);
        assertThat(bucket.records(partition)).hasSize(10);
    }

    @Test
    void theOrderOfThoseWhoWaitedIsKept() {
        bucket.lag(200);

        for (int i = 0; i < 50; i++) {
            node.append(partition, Batches.large("v" + i, 900));
        }
        node.pass(20_000);

        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            expected.add(i + " v" + i);
        }
        assertThat(bucket.records(partition)).containsExactlyElementsOf(expected);
    }

    @Test
    void inAnOutageEverythingIsHeldWithinBoundsAndNothingIsLostOrDoubled() {
        List<Future<Appended>> appends = new ArrayList<>();
        refuseAll();
        for (int i = 0; i < 300; i++) {
            appends.add(node.append(partition, BATCH));
            node.pass(100);
            assertThat(node.ingest.statistics().heldBytes())
                    .isLessThanOrEqualTo(TIGHT.bufferSizeMaxBytes());
        }

        bucket.faults.policy(FaultPolicy.none());
        node.pass(60_000);

        assertThat(appends).allMatch(Future::isComplete);
        long stored = appends.stream().filter(Future::succeeded).count();
        long unknown = failures(appends, UnknownOutcomeException.class);
        assertThat(failures(appends, UnavailableException.class)).isPositive();
        assertThat(stored).isPositive();
        assertThat(bucket.records(partition)).hasSize((int) (stored + unknown));
        assertThat(node.await(node.append(partition, BATCH)).baseOffset())
                .isEqualTo(stored + unknown);
        assertThat(node.ingest.statistics().heldBytes()).isZero();
    }

    @Test
    void whoIsAdmittedAndNotConfirmedInTimeIsToldThatNobodyKnows() {
        bucket.lag(60_000);
        Future<Appended> append = node.append(partition, BATCH);

        node.pass(19_999);
        assertThat(append.isComplete()).isFalse();
        node.pass(1);
        assertThat(append.cause()).isInstanceOf(UnknownOutcomeException.class);
        assertThat(node.ingest.statistics().heldBytes()).isEqualTo(Node.cost(BATCH));

        node.pass(60_000);
        assertThat(bucket.records(partition)).hasSize(1);
        assertThat(node.ingest.statistics().heldBytes()).isZero();
    }

    @Test
    void whoWaitsInLineWhenItClosesIsRefusedAndHoldsNothing() {
        bucket.lag(1_000);
        List<Future<Appended>> appends = append(40);

        node.ingest.close();
        node.pass(9_000);

        assertThat(appends.subList(0, 10)).allMatch(Future::succeeded);
        assertThat(failures(appends, UnavailableException.class)).isEqualTo(30);
        assertThat(node.ingest.statistics().heldBytes()).isZero();
        assertThat(bucket.records(partition)).hasSize(10);
    }

    @Test
    void eachHasATimeOfItsOwnToBeConfirmedIn() {
        bucket.lag(60_000);
        Future<Appended> early = node.append(partition, BATCH);
        node.pass(10_000);
        Future<Appended> late = node.append(partition, BATCH);

        node.pass(10_000);
        assertThat(early.failed()).isTrue();
        assertThat(late.isComplete()).isFalse();
        node.pass(10_000);

        assertThat(late.failed()).isTrue();
    }

    @Test
    void aBatchLargerThanTheWholeBufferIsTakenAlone() {
        Future<Appended> huge = node.append(partition, Batches.large("huge", 50_000));
        Future<Appended> next = node.append(partition, BATCH);
        node.pass(1_000);

        assertThat(huge.result().baseOffset()).isZero();
        assertThat(next.result().baseOffset()).isEqualTo(1);
    }

    @Test
    void inAnOutageSmallSegmentsDoNotGetMany() {
        Bucket other = new Bucket();
        Node patient = other.start();
        PartitionId there = patient.createTopic();
        other.faults.policy(FaultPolicy.when(
                request -> request.operation() == Operation.PUT_IF_ABSENT, new Fault.Refused()));

        for (int i = 0; i < 1_000; i++) {
            patient.append(there, Batches.of("v" + i));
            patient.pass(100);
        }

        IngestStatistics.Segments segments = patient.ingest.statistics().segments();
        assertThat(segments.sealed() + segments.uploading() + segments.committing())
                .isEqualTo(Intake.IN_FLIGHT_MAX);
        other.faults.policy(FaultPolicy.none());
        patient.pass(60_000);
        assertThat(other.records(there)).hasSize(1_000);
    }

    private List<Future<Appended>> append(int count) {
        List<Future<Appended>> appends = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            appends.add(node.append(partition, BATCH));
        }
        return appends;
    }

    private void refuseAll() {
        bucket.faults.policy(FaultPolicy.always(new Fault.Refused()));
    }

    private static long failures(List<Future<Appended>> appends, Class<?> kind) {
        return appends.stream().filter(append -> kind.isInstance(append.cause())).count();
    }
}
