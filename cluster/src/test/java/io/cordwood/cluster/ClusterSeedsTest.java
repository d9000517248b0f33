package io.cordwood.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.commit.Cargo;
import io.cordwood.manifest.commit.CommitSegment;
import io.cordwood.manifest.commit.CreateTopic;
import io.cordwood.manifest.commit.ReserveProducerIds;
import io.cordwood.manifest.commit.RunOutcome;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.WalState;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.Operation;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.SegmentForge;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three processes that propose without end, while they die, sleep, lose their lines and are
 * isolated, and the bucket fails: afterwards each proposal that was answered is in the log once, in
 * its order, as it was answered. How many seeds: {@code -Dseeds=N}.
 */
class ClusterSeedsTest {

    private static final List<String> ADDRESSES = List.of("a:1", "b:1", "c:1");
    private static final List<Fault.Landing> LANDINGS = List.of(Fault.Landing.values());
    private static final int STEPS = 120;

    private final List<Future<Long>> reservations = new ArrayList<>();
    private final Map<Resident, Writer> writers = new HashMap<>();
    private Town town = new Town(0);
    private PartitionId partition = new PartitionId(new UUID(7, 7), 0);

    static LongStream seeds() {
        return LongStream.rangeClosed(1, Integer.getInteger("seeds", 100));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void whateverHappensWhatIsAnsweredIsInTheLogOnceAndInOrder(long seed) {
        town = new Town(seed);
        ADDRESSES.forEach(town::start);
        Future<UUID> created = town.alive().getFirst()
                .propose(new CreateTopic(partition.topic(), new TopicName("orders"), 1));
        town.time.await(created);
        town.bucket.policy(this::fault);
        town.slowDown(60);

        for (int step = 0; step < STEPS; step++) {
            disturb();
            town.alive().forEach(this::work);
            town.pass(Duration.ofMillis(town.chance.nextInt(400)));
        }
        town.bucket.policy(FaultPolicy.none());
        town.slowDown(Integer.MAX_VALUE);
        town.time.await(town.bucket.landLate());
        ADDRESSES.forEach(town::reunite);
        town.alive().forEach(resident -> resident.loop.wake());
        ADDRESSES.stream().filter(address -> town.at(address).isEmpty()).forEach(town::start);
        town.pass(Duration.ofSeconds(60));

        check();
    }

    private Fault fault(FaultPolicy.Request request) {
        Fault.Landing landing = LANDINGS.get(town.chance.nextInt(LANDINGS.size()));
        boolean conditional = request.operation() == Operation.PUT_IF_ABSENT;
        return switch (town.chance.nextInt(60)) {
            case 0 -> new Fault.TimeOut(conditional ? landing : Fault.Landing.NEVER);
            case 1 -> new Fault.ServerError(conditional ? landing : Fault.Landing.NEVER);
            case 2 -> new Fault.Refused();
            case 3 -> new Fault.Conflict();
            default -> new Fault.Pass();
        };
    }

    private void disturb() {
        String address = ADDRESSES.get(town.chance.nextInt(ADDRESSES.size()));
        switch (town.chance.nextInt(30)) {
            case 0 -> town.at(address).ifPresent(Resident::kill);
            case 1, 2 -> town.at(address).ifPresent(resident -> resident.loop.sleep());
            case 3, 4, 5, 6 -> town.at(address).ifPresent(resident -> resident.loop.wake());
            case 7, 12, 13 -> town.cut(address);
            case 8 -> town.bucket.landLate();
            case 14 -> town.isolate(address);
            case 15, 16, 17 -> town.reunite(address);
            case 9, 10, 11 -> {
                if (town.at(address).isEmpty()) {
                    town.start(address);
                }
            }
            default -> {
            }
        }
    }

    private void work(Resident resident) {
        if (resident.loop.isAsleep()) {
            return;
        }
        if (town.chance.nextInt(3) == 0) {
            reservations.add(resident.propose(new ReserveProducerIds(1)));
        }
        writers.computeIfAbsent(resident, Writer::new).write(town.chance.nextInt(3));
    }

    private void check() {
        ManifestState truth = town.truth();
        List<Long> answered = reservations.stream().filter(Future::succeeded)
                .map(Future::result).toList();
        assertThat(answered).doesNotHaveDuplicates();
        assertThat(truth.producerIds().next()).isBetween((long) answered.size(),
                (long) reservations.size());
        reservations.stream().filter(Future::failed).forEach(this::assertRightlyFailed);
        writers.values().forEach(writer -> writer.check(truth));
        assertThat(writers.values().stream().flatMap(writer -> writer.offsets().stream()))
                .doesNotHaveDuplicates();
        assertThat(town.alive()).hasSize(3)
                .filteredOn(resident -> resident.cluster.isCommitter()).hasSize(1);
        assertThat(town.alive()).allSatisfy(resident -> assertThat(
                resident.follower.state().sequence()).isEqualTo(truth.sequence()));
    }

    private void assertRightlyFailed(Future<?> future) {
        assertThat(future.cause()).isInstanceOfAny(FencedException.class,
                UnknownOutcomeException.class);
    }

    /** Commits segment after segment of a local WAL, as ingest does. */
    private final class Writer {

        private final Resident resident;
        private final UUID wal;
        private final List<Future<List<RunOutcome>>> commits = new ArrayList<>();

        Writer(Resident resident) {
            this.resident = resident;
            this.wal = resident.id();
        }

        void write(int count) {
            for (int i = 0; i < count; i++) {
                commits.add(
                        resident.propose(new CommitSegment(wal, WalState.NOBODY, commits.size() + 1,
                                new Cargo.Enclosed(SegmentForge.segment(resident.id(),
                                        List.of(partition), 1)))));
            }
        }

        /** Those of a process that is dead may be unanswered; no others, and none is left out. */
        void check(ManifestState truth) {
            long last = truth.walNumber(wal);
            long answered = commits.stream().takeWhile(Future::succeeded).count();
            assertThat(last).as("%s of %s", wal, resident).isGreaterThanOrEqualTo(answered);
            commits.stream().skip(answered).forEach(commit -> assertThat(commit.succeeded())
                    .isFalse());
            if (!resident.loop.isDead() && !resident.cluster.ended().isComplete()) {
                assertThat(answered).as("%s", resident).isEqualTo(commits.size());
            }
        }

        List<Long> offsets() {
            return commits.stream().filter(Future::succeeded)
                    .map(commit -> ((RunOutcome.Appended) commit.result().getFirst())
                            .baseOffset())
                    .toList();
        }
    }
}
