package io.cordwood.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.ingest.wal.Batches;
import io.cordwood.manifest.commit.CreateTopic;
import io.cordwood.manifest.commit.ExpireUploads;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.Operation;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class DeliveryTest {

    /** Every batch of 300,000 bytes is a segment of its own, and has to be uploaded. */
    private static final IngestSettings LARGE = new IngestSettings(Duration.ofMillis(250), 300_000,
            10_000_000, 3, Duration.ofSeconds(5), Duration.ofSeconds(20));

    private final Bucket bucket = new Bucket();

    @Test
    void commitsAreInTheOrderOfSealingWhateverTheOrderOfTheUploads() {
        Node node = bucket.start(bucket.life().with(LARGE));
        PartitionId partition = node.createTopic();
        bucket.uploadsTake(300, 200, 100);

        List<Future<Appended>> appends = appendLarge(node, partition, 3);
        node.pass(299);
        assertThat(appends).noneMatch(Future::isComplete);
        node.pass(1);
        node.pass(0);

        assertThat(bucket.records(partition)).containsExactly("0 v0", "1 v1", "2 v2");
        assertThat(appends).extracting(Future::result).extracting(Appended::baseOffset)
                .containsExactly(0L, 1L, 2L);
    }

    /** As a collector does that finds it and believes that nobody will commit it. */
    @Test
    void anUploadThatWasGivenUpBeginsAnewUnderAnotherId() {
        Node node = bucket.start(bucket.life().with(LARGE));
        PartitionId partition = node.createTopic();
        bucket.uploadsTake(300, 100, 100);
        List<Future<Appended>> appends = appendLarge(node, partition, 2);
        node.pass(200);
        List<String> first = segments();
        assertThat(first).hasSize(2);

        node.commit(new ExpireUploads(bucket.state().sequence() + 1));
        node.pass(2_000);

        assertThat(bucket.records(partition)).containsExactly("0 v0", "1 v1");
        assertThat(appends).allMatch(Future::succeeded);
        assertThat(segments()).hasSize(4).containsAll(first);
    }

    @Test
    void whatIsReadyTogetherBecomesTrueInOneEntry() {
        Node node = bucket.start(bucket.life().with(LARGE));
        PartitionId partition = node.createTopic();
        bucket.uploadsTake(300, 200, 100);
        long before = bucket.state().sequence();

        appendLarge(node, partition, 3);
        bucket.lag(20);
        node.pass(1_000);

        assertThat(bucket.records(partition)).hasSize(3);
        assertThat(bucket.state().sequence() - before).isLessThanOrEqualTo(2);
    }

    @Test
    void aSmallSegmentDoesNotOvertakeALargeOne() {
        Node node = bucket.start();
        PartitionId partition = node.createTopic();
        bucket.uploadsTake(300);

        node.append(partition, Batches.large("large", 300_000));
        node.pass(1);
        Future<Appended> small = node.append(partition, Batches.of("small"));
        node.pass(298);
        assertThat(small.isComplete()).isFalse();
        node.pass(2);

        assertThat(bucket.records(partition)).containsExactly("0 large", "1 small");
    }

    @Test
    void noMoreThanSoManyUploadsRunAtATime() {
        Node node = bucket.start(bucket.life().with(LARGE));
        PartitionId partition = node.createTopic();
        bucket.lag(100);

        appendLarge(node, partition, 7);
        node.pass(99);
        assertThat(bucket.requests.calls(Operation.PUT)).isEqualTo(3);
        assertThat(node.ingest.statistics().segments()).isEqualTo(
                new IngestStatistics.Segments(1, 3, 3, 0));
        node.pass(60);

        assertThat(bucket.requests.calls(Operation.PUT)).isEqualTo(6);
    }

    @Test
    void anUploadThatFailsIsTriedAgainWithTheSameKeyAndBytes() {
        Node node = bucket.start();
        PartitionId partition = node.createTopic();
        failFirst(Operation.PUT, 3, new Fault.Refused());

        Future<Appended> append = node.append(partition, Batches.large("a", 300_000));
        node.await(append);

        assertThat(bucket.records(partition)).containsExactly("0 a");
        assertThat(node.ingest.statistics().deliveries().uploadRetries()).isEqualTo(3);
        assertThat(segments()).hasSize(1);
    }

    @Test
    void anUploadOfWhichNobodyKnowsIsTriedAgain() {
        for (Fault.Landing landing : Fault.Landing.values()) {
            Bucket other = new Bucket();
            Node node = other.start();
            PartitionId partition = node.createTopic();
            failFirst(other, Operation.PUT, 1, new Fault.TimeOut(landing));

            node.await(node.append(partition, Batches.large("a", 300_000)));
            other.faults.landLate();

            assertThat(other.records(partition)).containsExactly("0 a");
            assertThat(node.ingest.statistics().deliveries().uploadRetries()).isEqualTo(1);
        }
    }

    @Test
    void aCommitOfWhichNobodyKnowsIsFoundOutAndCountsOnce() {
        for (Fault.Landing landing : List.of(Fault.Landing.NEVER, Fault.Landing.AT_ONCE)) {
            Bucket other = new Bucket();
            Node node = other.start();
            PartitionId partition = node.createTopic();
            failFirst(other, Operation.PUT_IF_ABSENT, 1, new Fault.TimeOut(landing));

            Future<Appended> first = node.append(partition, Batches.of("a"));
            node.pass(1);
            Future<Appended> second = node.append(partition, Batches.of("b"));
            node.await(second);

            assertThat(first.result().baseOffset()).isZero();
            assertThat(other.records(partition)).containsExactly("0 a", "1 b");
        }
    }

    @Test
    void aCommitterThatTakesNoMoreIsAskedAgainInOrder() {
        Node node = bucket.start();
        PartitionId partition = node.createTopic();
        bucket.lag(60_000);
        Future<Appended> onItsWay = node.append(partition, Batches.of("a"));
        node.pass(1);
        for (int i = 0; i < 20_000; i++) {
            node.committer.commit(new CreateTopic(new UUID(7, i), new TopicName("t"), 1));
        }
        List<Future<Appended>> refused = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            refused.add(node.append(partition, Batches.of("v" + i)));
            node.pass(10);
        }

        bucket.lag(1);
        node.pass(70_000);

        assertThat(bucket.records(partition)).containsExactly("0 a", "1 v0", "2 v1", "3 v2");
        assertThat(onItsWay.isComplete()).isTrue();
        assertThat(refused).allMatch(Future::isComplete);
        assertThat(node.ingest.statistics().heldBytes()).isZero();
        assertThat(node.ingest.stopped().isComplete()).isFalse();
    }

    private static List<Future<Appended>> appendLarge(Node node, PartitionId partition, int count) {
        List<Future<Appended>> appends = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            appends.add(node.append(partition, Batches.large("v" + i, 290_000)));
        }
        return appends;
    }

    private void failFirst(Operation operation, int times, Fault fault) {
        failFirst(bucket, operation, times, fault);
    }

    private static void failFirst(Bucket bucket, Operation operation, int times, Fault fault) {
        int[] left = {times};
        bucket.faults.policy(FaultPolicy.when(
                request -> request.operation() == operation && left[0]-- > 0, fault));
    }

    private List<String> segments() {
        return bucket.memory.list(Listing.of("segments/")).result()
                .objects().stream().map(entry -> entry.key().value()).toList();
    }
}
