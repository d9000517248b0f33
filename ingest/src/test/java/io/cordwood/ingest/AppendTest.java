package io.cordwood.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.ingest.wal.Batches;
import io.cordwood.runtime.RejectedException;
import io.cordwood.store.object.Operation;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AppendTest {

    private static final IngestSettings SMALL = new IngestSettings(Duration.ofMillis(250), 2_000,
            100_000, 8, Duration.ofSeconds(5), Duration.ofSeconds(20));

    private final Bucket bucket = new Bucket();

    @Test
    void theAnswerFollowsTheManifestEntryNeverBefore() {
        Node node = bucket.start();
        PartitionId partition = node.createTopic();
        bucket.lag(100);

        Future<Appended> append = node.append(partition, Batches.of("a", "b"));
        node.pass(49);
        assertThat(bucket.records(partition)).isEmpty();
        node.pass(1);
        assertThat(bucket.records(partition)).containsExactly("0 a", "1 b");
        assertThat(append.isComplete()).isFalse();

        node.pass(50);
        assertThat(append.result()).isEqualTo(new Appended(0));
        assertThat(node.follower.state().partition(partition).orElseThrow().nextOffset())
                .isEqualTo(2);
    }

    @Test
    void howLongAnAcknowledgementTookIsToldWithIt() {
        Node node = bucket.start();
        PartitionId partition = node.createTopic();
        List<Long> told = new ArrayList<>();
        node.ingest.listen(told::add);
        bucket.lag(100);

        node.append(partition, Batches.of("a", "b"));
        node.append(new PartitionId(new UUID(404, 404), 0), Batches.of("nobody's"));
        node.pass(99);
        assertThat(told).isEmpty();
        node.pass(1);

        assertThat(told).containsExactly(Duration.ofMillis(100).toNanos());
        assertThat(node.ingest.statistics().acks().records()).isEqualTo(2);
    }

    @Test
    void aLoneAppendIsSealedAtOnceAndCostsOneWrite() {
        Node node = bucket.start();
        PartitionId partition = node.createTopic();
        node.pass(60_000);
        long putsBefore = bucket.puts();
        long callsBefore = bucket.requests.calls();

        Future<Appended> append = node.append(partition, Batches.of("a"));
        node.runReady();
        node.pass(0);

        assertThat(append.succeeded()).isTrue();
        assertThat(bucket.puts() - putsBefore).isEqualTo(1);
        assertThat(bucket.requests.calls() - callsBefore).isEqualTo(1);
    }

    @Test
    void whatArrivesTogetherTravelsTogether() {
        Node node = bucket.start();
        PartitionId partition = node.createTopic();
        long before = bucket.puts();

        List<Future<Appended>> appends = IntStream.range(0, 100)
                .mapToObj(i -> node.append(partition, Batches.of("v" + i))).toList();
        node.pass(1);

        assertThat(appends).extracting(Future::result).extracting(Appended::baseOffset)
                .containsExactlyElementsOf(
                        IntStream.range(0, 100).mapToObj(Long::valueOf).toList());
        assertThat(bucket.puts() - before).isEqualTo(1);
    }

    @Test
    void aSteadyTrickleCostsOneWritePerInterval() {
        Node node = bucket.start();
        PartitionId partition = node.createTopic();
        bucket.lag(20);
        long before = bucket.puts();

        List<Future<Appended>> appends = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            appends.add(node.append(partition, Batches.of("v" + i)));
            node.pass(10);
        }
        node.pass(1_000);

        assertThat(appends).allMatch(Future::succeeded);
        assertThat(bucket.puts() - before).isBetween(40L, 40L + FlushPace.CREDITS_MAX + 1);
    }

    @Test
    void nothingWaitsLongerThanAnIntervalToBeSealed() {
        Node node = bucket.start();
        PartitionId partition = node.createTopic();
        for (int i = 0; i < FlushPace.CREDITS_MAX; i++) {
            node.append(partition, Batches.of("spends a credit"));
            node.pass(0);
        }

        Future<Appended> append = node.append(partition, Batches.of("a"));
        node.pass(249);
        assertThat(append.isComplete()).isFalse();
        node.pass(1);
        node.pass(0);

        assertThat(append.succeeded()).isTrue();
    }

    @Test
    void whoWaitsForAnAnswerBeforeSendingMoreIsAnsweredWithoutWaitingForACredit() {
        Node node = bucket.start();
        PartitionId partition = node.createTopic();
        bucket.lag(20);

        for (int i = 0; i < 10; i++) {
            Future<Appended> append = node.append(partition,
                    Batches.large("v" + i, SealingRules.WORTH_BYTES));
            node.pass(50);

            assertThat(append.succeeded()).as("append %d", i).isTrue();
        }
    }

    @Test
    void heavyLoadSealsBySizeAlone() {
        Node node = bucket.start(bucket.life().with(SMALL));
        PartitionId partition = node.createTopic();

        for (int i = 0; i < 1_000; i++) {
            node.append(partition, Batches.large("v" + i, 900));
            node.pass(10);
        }

        IngestStatistics.Seals seals = node.ingest.statistics().seals();
        assertThat(seals.bySize()).isGreaterThan(490);
        assertThat(seals.byPace()).isLessThanOrEqualTo(FlushPace.CREDITS_MAX);
    }

    @Test
    void noSegmentIsLargerThanTheBoundUnlessASingleBatchIs() {
        Node node = bucket.start(bucket.life().with(SMALL));
        PartitionId partition = node.createTopic();

        List<Future<Appended>> appends = new ArrayList<>();
        appends.add(node.append(partition, Batches.large("huge", 5_000)));
        for (int i = 0; i < 10; i++) {
            appends.add(node.append(partition, Batches.large("v" + i, 900)));
        }
        node.pass(1_000);

        assertThat(appends).allMatch(Future::succeeded);
        assertThat(node.ingest.statistics().seals().bySize()).isEqualTo(5);
        assertThat(bucket.records(partition)).hasSize(11).first().isEqualTo("0 huge");
    }

    @Test
    void partitionsShareASegmentAndKeepTheirOwnOrder() {
        Node node = bucket.start();
        PartitionId first = node.createTopic();
        PartitionId second = new PartitionId(first.topic(), 1);

        node.append(first, Batches.of("a"));
        Future<Appended> other = node.append(second, Batches.of("x", "y"));
        Future<Appended> last = node.append(first, Batches.of("b"));
        node.pass(1);

        assertThat(other.result().baseOffset()).isZero();
        assertThat(last.result().baseOffset()).isEqualTo(1);
        assertThat(bucket.records(first)).containsExactly("0 a", "1 b");
        assertThat(bucket.records(second)).containsExactly("0 x", "1 y");
    }

    @Test
    void aSmallSegmentTravelsInTheEntryAndALargeOneIsUploadedBefore() {
        Node node = bucket.start();
        PartitionId partition = node.createTopic();

        node.await(node.append(partition, Batches.large("small", 200_000)));
        assertThat(bucket.requests.calls(Operation.PUT)).isZero();

        node.await(node.append(partition, Batches.large("large", 300_000)));
        assertThat(bucket.requests.calls(Operation.PUT)).isEqualTo(1);
        assertThat(bucket.records(partition)).containsExactly("0 small", "1 large");
        IngestStatistics.Deliveries deliveries = node.ingest.statistics().deliveries();
        assertThat(deliveries.inline()).isEqualTo(1);
        assertThat(deliveries.inlineBytes()).isGreaterThan(200_000);
        assertThat(deliveries.uploaded()).isEqualTo(1);
        assertThat(deliveries.uploadedBytes()).isGreaterThan(300_000);
    }

    @Test
    void aDeletedTopicFailsItsAppendsAndNoOthers() {
        Node node = bucket.start();
        PartitionId gone = node.createTopic();
        node.deleteTopic();
        PartitionId there = node.createTopic();

        Future<Appended> refused = node.append(gone, Batches.of("a"));
        Future<Appended> stored = node.append(there, Batches.of("b"));
        node.pass(1);

        assertThat(refused.cause()).isInstanceOfSatisfying(RejectedException.class,
                failure -> assertThat(
                        failure.reason()).isEqualTo(RejectedException.Reason.UNKNOWN_TOPIC));
        assertThat(stored.result().baseOffset()).isZero();
        assertThat(node.ingest.statistics().heldBytes()).isZero();
        assertThat(bucket.disk.numbers()).isEmpty();
    }

    @Test
    void anyThreadMayAppendAndItsOrderIsKept() {
        Node node = bucket.start();
        PartitionId partition = node.createTopic();

        Future<Appended> first = node.appendFromOutside(partition, Batches.of("a"));
        Future<Appended> second = node.appendFromOutside(partition, Batches.of("b"));
        assertThat(node.ingest.statistics().segments().open()).isZero();
        node.pass(1);

        assertThat(first.result().baseOffset()).isZero();
        assertThat(second.result().baseOffset()).isEqualTo(1);
    }
}
