package io.cordwood.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.ingest.wal.Batches;
import io.cordwood.runtime.HeldWorkers;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class CloseTest {

    private final Bucket bucket = new Bucket();

    @Test
    void closingFinishesWhatWasTakenAndTakesNothingMore() {
        Node node = bucket.start();
        PartitionId partition = node.createTopic();
        bucket.lag(100);
        Future<Appended> append = node.append(partition, Batches.of("a"));

        Future<Void> closed = node.ingest.close();
        Future<Appended> late = node.append(partition, Batches.of("late"));
        assertThat(closed.isComplete()).isFalse();
        node.pass(101);

        assertThat(append.result()).isEqualTo(new Appended(0));
        assertThat(closed.succeeded()).isTrue();
        assertThat(late.cause()).isInstanceOf(UnavailableException.class);
        assertThat(node.ingest.statistics().seals().byClosing()).isEqualTo(1);
        assertThat(bucket.disk.numbers()).isEmpty();
        assertThat(node.ingest.stopped().isComplete()).isFalse();
    }

    @Test
    void closingWaitsOnlySoLongAndTheNextStartFinishesTheRest() {
        Node node = bucket.start();
        PartitionId partition = node.createTopic();
        bucket.faults.policy(FaultPolicy.always(new Fault.Refused()));
        Future<Appended> committing = node.append(partition, Batches.of("a"));
        node.pass(1);
        Future<Appended> uploading = node.append(partition, Batches.large("b", 300_000));
        node.pass(1);

        Future<Void> closed = node.ingest.close();
        node.pass(Ingest.CLOSE_WAIT_MAX.toMillis());

        assertThat(closed.succeeded()).isTrue();
        assertThat(committing.cause()).isInstanceOf(UnknownOutcomeException.class);
        assertThat(uploading.cause()).isInstanceOf(UnknownOutcomeException.class);
        node.kill();
        bucket.faults.policy(FaultPolicy.none());
        bucket.start();
        assertThat(bucket.records(partition)).containsExactly("0 a", "1 b");
    }

    @Test
    void closingTwiceIsClosingOnce() {
        Node node = bucket.start();

        Future<Void> first = node.ingest.close();
        Future<Void> second = node.ingest.close();
        node.pass(1);

        assertThat(first.succeeded()).isTrue();
        assertThat(second.succeeded()).isTrue();
    }

    @Test
    void aDiskThatHangsDoesNotKeepItOpen() {
        HeldWorkers workers = new HeldWorkers();
        Node node = bucket.node(bucket.life().with(workers));
        Future<Void> started = node.begin();
        node.pass(1);
        workers.work();
        node.await(started);
        PartitionId partition = node.createTopic();
        Future<Appended> append = node.append(partition, Batches.of("a"));
        node.pass(1);

        Future<Void> closed = node.ingest.close();
        node.pass(2 * Ingest.CLOSE_WAIT_MAX.toMillis());

        assertThat(append.succeeded()).isTrue();
        assertThat(closed.succeeded()).isTrue();
    }

    @Test
    void whatIsNotStartedYetRefusesAndCanBeClosed() {
        Node node = bucket.node(bucket.life());
        PartitionId partition = new PartitionId(new UUID(3, 3), 0);

        assertThat(node.append(partition, Batches.of("a")).cause())
                .isInstanceOf(UnavailableException.class);
        assertThat(node.await(node.ingest.close())).isNull();
    }

    @Test
    void aRecoveryThatTheBucketHoldsUpCanBeClosed() {
        Node first = bucket.start();
        PartitionId partition = first.createTopic();
        bucket.lag(1_000);
        first.append(partition, Batches.large("a", 300_000));
        first.pass(1);
        first.kill();
        bucket.lag(0);
        first.pass(1_000);
        Node second = bucket.node(bucket.life());
        bucket.faults.policy(FaultPolicy.when(
                request -> request.name().startsWith("segments/"), new Fault.Refused()));
        Future<Void> started = second.begin();
        second.pass(1_000);
        assertThat(started.isComplete()).isFalse();

        Future<Void> closed = second.ingest.close();
        second.pass(Ingest.CLOSE_WAIT_MAX.toMillis());

        assertThat(closed.succeeded()).isTrue();
        assertThat(started.failed()).isTrue();
        assertThat(bucket.disk.numbers()).containsExactly(1L);
    }
}
