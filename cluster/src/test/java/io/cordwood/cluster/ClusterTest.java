package io.cordwood.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.manifest.commit.Cargo;
import io.cordwood.manifest.commit.CommitSegment;
import io.cordwood.manifest.commit.CreateTopic;
import io.cordwood.manifest.commit.ReserveProducerIds;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.log.Boundary;
import io.cordwood.manifest.log.ManifestLog;
import io.cordwood.manifest.state.WalState;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.cordwood.store.batch.TimestampRange;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.Operation;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.Segment;
import io.cordwood.store.segment.SegmentForge;
import io.cordwood.store.segment.SegmentRun;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ClusterTest {

    private final Town town = new Town(1);

    @Test
    void theFirstIsTheCommitterAndTheOthersAttendIt() {
        Resident first = town.started("a:1");
        Resident second = town.started("b:1");
        Resident third = town.started("c:1");

        assertThat(first.cluster.isCommitter()).isTrue();
        assertThat(second.cluster.isCommitter()).isFalse();
        assertThat(third.cluster.isCommitter()).isFalse();
        assertThat(town.truth().position().epoch()).isEqualTo(1);
    }

    @Test
    void whatAnyOfThemProposesIsCommittedAndKnownToAll() {
        Resident first = town.started("a:1");
        Resident second = town.started("b:1");
        UUID id = new UUID(7, 7);

        assertThat(second.commit(new CreateTopic(id, new TopicName("orders"), 3))).isEqualTo(id);

        assertThat(second.follower.state().topic(id)).isPresent();
        assertThat(first.follower.state().topic(id)).isPresent();
        assertThat(town.truth().topic(id)).isPresent();
    }

    @Test
    void whatIsRefusedIsRefusedInTheSameWords() {
        Resident first = town.started("a:1");
        Resident second = town.started("b:1");
        first.commit(new CreateTopic(new UUID(7, 7), new TopicName("orders"), 3));

        assertThatThrownBy(() -> second.commit(
                new CreateTopic(new UUID(8, 8), new TopicName("orders"), 3)))
                .isInstanceOf(RejectedException.class)
                .hasMessage("the topic orders exists already");
    }

    @Test
    void answersAreThoseThatTheCommitterCameTo() {
        Resident first = town.started("a:1");
        Resident second = town.started("b:1");
        List<Future<Long>> answers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            answers.add((i % 2 == 0 ? first : second).propose(new ReserveProducerIds(10)));
        }

        town.pass(Duration.ofSeconds(5));

        assertThat(answers).allMatch(Future::succeeded);
        assertThat(answers).extracting(Future::result).doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(
                        LongStream.range(0, 50).map(i -> i * 10).boxed()
                                .toList());
    }

    @Test
    void entriesAreToldAndNotReadByEach() {
        Resident first = town.started("a:1");
        Resident second = town.started("b:1");
        long before = second.follower.state().sequence();
        second.requests.reset();

        for (int i = 0; i < 20; i++) {
            first.commit(new ReserveProducerIds(1));
        }
        town.pass(Duration.ofMillis(100));

        assertThat(second.follower.state().sequence()).isEqualTo(before + 20);
        assertThat(second.requests.calls()).isZero();
    }

    /** So that what is read at the end of a partition is read of no bucket. */
    @Test
    void recordsThatAreInEntriesAreToldWithThem() {
        Resident first = town.started("a:1");
        Resident second = town.started("b:1");
        UUID topic = first.commit(new CreateTopic(new UUID(7, 7), new TopicName("orders"), 1));
        Segment segment = SegmentForge.segment(new UUID(9, 9), List.of(new PartitionId(topic, 0)),
                3);

        first.commit(new CommitSegment(new UUID(8, 8), WalState.NOBODY, 1,
                new Cargo.Enclosed(segment)));
        town.pass(Duration.ofMillis(100));

        long last = first.follower.state().sequence();
        assertThat(second.told).containsOnlyKeys(last);
        assertThat(second.told.get(last)).isEqualTo(town.time.await(
                town.memory.read(BucketLayout.logEntry(last), 1 << 20)).orElseThrow());
    }

    @Test
    void whenTheCommitterDiesAnotherTakesItsPlaceWithinSeconds() {
        Resident first = town.started("a:1");
        Resident second = town.started("b:1");
        town.started("c:1");
        first.kill();

        long begun = town.time.nanoTime();
        second.commit(new ReserveProducerIds(1));

        assertThat(Duration.ofNanos(town.time.nanoTime() - begun))
                .isLessThan(Duration.ofSeconds(5));
        assertThat(town.alive()).filteredOn(resident -> resident.cluster.isCommitter())
                .hasSize(1);
        assertThat(town.truth().position().epoch()).isEqualTo(2);
    }

    @Test
    void whoReachesNobodyButTheBucketLeavesTheOthersMoreAndMoreTime() {
        List<Resident> residents = joined("a", "b", "c");
        long begun = town.truth().position().epoch();
        town.isolate("a:1");

        int answered = 0;
        for (int second = 0; second < 300; second++) {
            Future<Long> answer = residents.get(1 + second % 2)
                    .propose(new ReserveProducerIds(1));
            town.pass(Duration.ofSeconds(1));
            answered += answer.succeeded() ? 1 : 0;
        }

        assertThat(answered).as("within a second").isGreaterThan(270);
        assertThat(town.truth().position().epoch()).as("elections").isLessThan(begun + 30);
        town.reunite("a:1");
        assertThat(isAnsweredWithin(Duration.ofSeconds(3), residents.getFirst())).isTrue();
        assertThat(town.truth().nodes().serving()).hasSize(3);
    }

    /** Neither can know which of them it is that cannot be reached. */
    @Test
    void ofTwoThatDoNotReachEachOtherEachIsAnsweredInItsTurn() {
        List<Resident> residents = joined("a", "b");
        town.isolate("a:1");

        for (int i = 0; i < 20; i++) {
            assertThat(isAnsweredWithin(Duration.ofSeconds(10), residents.get(i % 2))).isTrue();
        }
    }

    private List<Resident> joined(String... names) {
        return Stream.of(names).map(name -> {
            Resident resident = town.started(name + ":1");
            resident.join(name);
            return resident;
        }).toList();
    }

    private boolean isAnsweredWithin(Duration limit, Resident resident) {
        Future<Long> answer = resident.propose(new ReserveProducerIds(1));
        town.pass(limit);
        return answer.succeeded();
    }

    @Test
    void whatWasOnItsWayWhenTheCommitterDiedIsAnsweredOnce() {
        Resident first = town.started("a:1");
        Resident second = town.started("b:1");
        List<Future<Long>> answers = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            answers.add(second.propose(new ReserveProducerIds(1)));
            town.pass(Duration.ofMillis(5));
        }
        first.kill();
        town.pass(Duration.ofSeconds(10));

        assertThat(answers).allMatch(Future::succeeded);
        assertThat(answers).extracting(Future::result).doesNotHaveDuplicates();
        assertThat(town.truth().producerIds().next()).isEqualTo(40);
    }

    @Test
    void whoWakesAfterAnotherTookOverAttendsIt() {
        Resident first = town.started("a:1");
        Resident second = town.started("b:1");
        first.loop.sleep();
        Future<Long> waiting = first.propose(new ReserveProducerIds(1));
        second.commit(new ReserveProducerIds(1));

        first.loop.wake();
        town.pass(Duration.ofSeconds(10));

        assertThat(waiting.succeeded()).isTrue();
        assertThat(first.cluster.isCommitter()).isFalse();
        assertThat(second.cluster.isCommitter()).isTrue();
        assertThat(town.truth().producerIds().next()).isEqualTo(2);
    }

    @Test
    void aLineThatBreaksIsOpenedAnewAndNothingIsLostOrDoubled() {
        Resident first = town.started("a:1");
        Resident second = town.started("b:1");
        List<Future<Long>> answers = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            answers.add(second.propose(new ReserveProducerIds(1)));
            town.pass(Duration.ofMillis(20));
            if (i % 10 == 0) {
                town.cut("b:1");
            }
        }
        town.pass(Duration.ofSeconds(10));

        assertThat(answers).allMatch(Future::succeeded);
        assertThat(town.truth().producerIds().next()).isEqualTo(100);
        assertThat(first.cluster.isCommitter()).isTrue();
    }

    /** What was sent may be in the log; what was not sent is not. */
    @Test
    void whoSleptWhileTheLogWasDeletedKnowsWhatHeDoesNotKnow() {
        Resident first = town.started("a:1");
        Resident second = town.started("b:1");
        Future<Long> sent = second.propose(new ReserveProducerIds(1));
        town.pass(Duration.ZERO);
        second.loop.sleep();
        town.cut("b:1");
        town.pass(ManifestLog.ENTRY_RETENTION.plusSeconds(10));
        first.commit(new ReserveProducerIds(1));
        deleteEntries(town.truth().sequence());
        Future<Long> kept = second.propose(new ReserveProducerIds(1));

        second.loop.wake();
        town.pass(Duration.ofSeconds(10));

        assertThat(second.cluster.ended().isComplete()).isTrue();
        assertThat(sent.cause()).isInstanceOf(UnknownOutcomeException.class);
        assertThat(kept.cause()).isInstanceOf(FencedException.class);
        assertThatThrownBy(() -> second.commit(new ReserveProducerIds(1)))
                .isInstanceOf(FencedException.class);
    }

    /** The entry landed, but the committer slept for so long that it cannot believe it. */
    @Test
    void whatItsCommitterDoesNotKnowIsAnsweredByTheLog() {
        Resident first = town.started("a:1");
        Resident second = town.started("b:1");
        String next = BucketLayout.logEntry(town.truth().sequence() + 1).value();
        town.bucket.policy(request -> {
            if (request.name().equals(next) && request.operation() == Operation.PUT_IF_ABSENT) {
                first.loop.sleep();
            }
            return new Fault.Pass();
        });
        Future<Long> sent = second.propose(new ReserveProducerIds(1));
        town.pass(Duration.ofSeconds(1));
        town.bucket.policy(FaultPolicy.none());
        assertThat(first.loop.isAsleep()).isTrue();

        second.commit(new ReserveProducerIds(1));
        town.pass(ManifestLog.ENTRY_RETENTION);
        town.time.await(new Boundary(town.memory).moveTo(town.truth().sequence()));
        first.loop.wake();
        town.pass(Duration.ofSeconds(30));

        assertThat(first.cluster.ended().isComplete()).isTrue();
        assertThat(sent.succeeded()).isTrue();
        assertThat(second.follower.state().producerIds().next()).isEqualTo(2);
    }

    @Test
    void whatNoEntryCanHoldIsRefused() {
        Resident first = town.started("a:1");
        Resident second = town.started("b:1");

        for (Resident resident : List.of(first, second)) {
            assertThatThrownBy(() -> resident.commit(huge()))
                    .isInstanceOf(RejectedException.class).hasMessageContaining("write less");
        }
    }

    @Test
    void whoSendsWhatNoEntryCanHoldIsHungUpOn() {
        Resident first = town.started("a:1");
        List<String> said = new ArrayList<>();
        LineEnd<ToCommitter> end = first.accept(new Line<>() {
            @Override
            public boolean send(FromCommitter message) {
                said.add(message.getClass().getSimpleName());
                return true;
            }

            @Override
            public void close() {
                said.add("closed");
            }
        }).orElseThrow();

        first.loop.execute(() -> {
            end.received(new ToCommitter.Hello(new UUID(5, 5), 1));
            end.received(new ToCommitter.Propose(1, huge()));
        });
        town.pass(Duration.ofMillis(1));

        assertThat(said).containsExactly("Welcome", "Judged", "closed");
        first.commit(new ReserveProducerIds(1));
    }

    /** Of so many runs that they take more than an entry may. */
    private static CommitSegment huge() {
        int runs = 1_100_000;
        SegmentRun run = new SegmentRun(new PartitionId(new UUID(1, 1), 0), 0, 100, 1, 0, 1,
                new TimestampRange(0, 0), 0);
        return new CommitSegment(new UUID(8, 8), WalState.NOBODY, 1, new Cargo.Uploaded(
                new UUID(9, 9), new ByteRange(900, 90), Collections.nCopies(runs, run),
                Collections.nCopies(runs, List.of())));
    }

    private void deleteEntries(long end) {
        town.time.await(new Boundary(town.memory).moveTo(end));
        for (long sequence = 1; sequence <= end; sequence++) {
            town.time.await(town.memory.delete(BucketLayout.logEntry(sequence)));
        }
    }

    @Test
    void aCommitterThatCannotWriteIsSilent() {
        Resident first = town.started("a:1");
        Resident second = town.started("b:1");
        String next = BucketLayout
                .logEntry(town.truth().sequence() + 1).value();
        town.bucket.policy(new FaultPolicy() {
            private boolean hung;

            @Override
            public Fault faultOf(Request request) {
                if (!hung && request.name().equals(next)
                        && request.operation() == Operation.PUT_IF_ABSENT) {
                    hung = true;
                    return new Fault.NeverAnswers(Fault.Landing.NEVER);
                }
                return new Fault.Pass();
            }
        });
        first.propose(new ReserveProducerIds(1));
        town.pass(Duration.ofSeconds(1));

        second.commit(new ReserveProducerIds(1));

        assertThat(second.cluster.isCommitter()).isTrue();
    }
}
