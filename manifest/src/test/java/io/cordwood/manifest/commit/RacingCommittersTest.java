package io.cordwood.manifest.commit;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.cordwood.manifest.ManifestFixture;
import io.cordwood.manifest.event.EntryCodec;
import io.cordwood.manifest.event.ManifestEvent;
import io.cordwood.manifest.event.ManifestEvent.SegmentCommitted;
import io.cordwood.manifest.event.StoredEntry;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.follow.Checkpointer;
import io.cordwood.manifest.follow.HeadProbe;
import io.cordwood.manifest.state.Apply;
import io.cordwood.manifest.state.CheckpointCodec;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.LogException;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.FailingObjectStore;
import io.cordwood.store.object.Fault;
import io.cordwood.store.object.Fault.Landing;
import io.cordwood.store.object.FaultPolicy;
import io.cordwood.store.object.LaggingObjectStore;
import io.cordwood.store.object.LogNormalLag;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.RandomFaults;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.cordwood.store.segment.PartitionId;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/**
 * Several processes believe to be the committer while the store fails in every way it can. Whatever
 * they were told is what the log says.
 */
class RacingCommittersTest {

    private static final List<Fault> FAULTS = List.of(new Fault.TimeOut(Landing.NEVER),
            new Fault.TimeOut(Landing.AT_ONCE), new Fault.TimeOut(Landing.LATER),
            new Fault.ServerError(Landing.AT_ONCE), new Fault.ServerError(Landing.NEVER),
            new Fault.Conflict(), new Fault.Refused(), new Fault.CutBody());
    private static final int STEPS = 300;
    private static final int PROCESSES = 3;

    @BeforeAll
    static void faultsByTheThousandAreNoNews() {
        logger().setLevel(Level.OFF);
    }

    @AfterAll
    static void otherFaultsAre() {
        logger().setLevel(null);
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("io.cordwood.manifest");
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.05, 0.3})
    void everyAnswerIsWhatTheLogSays(double faultShare) {
        int answered = 0;
        int failed = 0;
        for (long seed = 1; seed <= 15; seed++) {
            Race race = new Race(seed, faultShare);
            try {
                race.run();
                answered += race.check();
                failed += race.proposed.size();
            } catch (Throwable failure) {
                throw new AssertionError("seed " + seed + ", faults " + faultShare, failure);
            }
        }
        failed -= answered;

        assertThat(answered).as("commits that succeeded").isGreaterThan(1_000);
        assertThat(failed).as("commits that did not").isGreaterThan(30);
    }

    /** A commit as its proposer remembers it. */
    private record Proposed(UUID wal, long number, Future<List<RunOutcome>> answer) {}

    /** What the log says of a commit. */
    private record Logged(UUID wal, long number) {}

    private static final class Race {

        private final ManualEventLoop loop = new ManualEventLoop();
        private final MemoryObjectStore bucket = new MemoryObjectStore(loop::now);
        private final Random random;
        private final FailingObjectStore failing;
        private final ObjectStore store;
        private final FaultPolicy chaos;
        private final List<ManifestFixture> processes = new ArrayList<>();
        private final List<Proposed> proposed = new ArrayList<>();
        private final PartitionId partition;
        private long seeds;

        Race(long seed, double faultShare) {
            this.random = new Random(seed);
            this.seeds = seed * 1_000;
            RandomFaults faults = new RandomFaults(random, faultShare, FAULTS);
            this.chaos = request -> request.name().startsWith(BucketLayout.LOG_PREFIX)
                    ? faults.faultOf(request)
                    : new Fault.Pass();
            this.failing = new FailingObjectStore(bucket, FaultPolicy.none());
            this.store = new LaggingObjectStore(failing, loop, new LogNormalLag(random,
                    Duration.ofMillis(40), Duration.ofMillis(400)));
            this.partition = new PartitionId(
                    ManifestFixture.elected(bucket, loop, seed).createTopic("orders", 1), 0);
            for (int i = 0; i < PROCESSES; i++) {
                processes.add(newProcess());
            }
        }

        private ManifestFixture newProcess() {
            ManifestFixture process = ManifestFixture.open(store, loop, ++seeds);
            process.follower().listen(new Checkpointer(process.checkpoints(), loop,
                    process.committer()::isCommitter, new Checkpointer.Pace(15, Long.MAX_VALUE)));
            new HeadProbe(process.follower(), loop).start();
            return process;
        }

        void run() {
            failing.policy(chaos);
            for (int i = 0; i < STEPS; i++) {
                act(random.nextInt(processes.size()));
                loop.advance(Duration.ofMillis(random.nextInt(250)));
            }
            failing.policy(FaultPolicy.none());
            failing.landLate();
            processes.forEach(this::stand);
            loop.advance(Duration.ofMinutes(1));
            failing.landLate();
        }

        /** Makes the process the committer, however often it takes, unless it was it before. */
        private void stand(ManifestFixture process) {
            if (!process.committer().deposed().isComplete()) {
                process.committer().elect().onFailure(
                        failure -> loop.schedule(Duration.ofSeconds(1), () -> stand(process)));
            }
        }

        private void act(int index) {
            ManifestFixture process = processes.get(index);
            if (process.committer().deposed().isComplete()) {
                processes.set(index, newProcess());
                return;
            }
            switch (random.nextInt(12)) {
                case 0 -> stand(process);
                case 1 -> failing.landLate();
                case 2 -> process.committer().commit(new CreateTopic(process.ids().get(),
                        new TopicName("topic-" + random.nextInt(3)), 1)).onFailure(refused -> {});
                case 3 -> process.committer().commit(new DeleteTopic(
                        new TopicName("topic-" + random.nextInt(3)))).onFailure(refused -> {});
                default -> propose(process);
            }
        }

        private void propose(ManifestFixture process) {
            for (int i = random.nextInt(1, 4); i > 0; i--) {
                CommitSegment commit = process
                        .inline(process.segment(random.nextInt(1, 6), partition));
                proposed.add(new Proposed(commit.wal(), commit.number(),
                        process.committer().commit(commit)));
            }
        }

        /** Folds the log from its first entry, compares every answer with it, counts successes. */
        int check() {
            Map<Logged, Long> logged = fold();
            int answered = 0;
            for (Proposed proposal : proposed) {
                Future<List<RunOutcome>> answer = proposal.answer();
                Optional<Long> base = Optional.ofNullable(
                        logged.get(new Logged(proposal.wal(), proposal.number())));
                assertThat(answer.isComplete()).as("%s is answered", proposal).isTrue();
                if (answer.succeeded()) {
                    assertThat(answer.result()).as("%s", proposal)
                            .containsExactly(new RunOutcome.Appended(base.orElseThrow()));
                    answered++;
                } else {
                    assertThat(answer.cause()).isInstanceOf(LogException.class);
                    assertThat(base).as("%s failed: %s", proposal, answer.cause()).isEmpty();
                }
            }
            assertThat(logged).as("nothing else is in the log").hasSize(answered);
            return answered;
        }

        private Map<Logged, Long> fold() {
            Map<Logged, Long> logged = new HashMap<>();
            ManifestState state = ManifestState.EMPTY;
            for (Optional<ByteBuffer> object = entry(1); object
                    .isPresent(); object = entry(state.sequence() + 1)) {
                StoredEntry entry = EntryCodec.decode(state.sequence() + 1, object.get());
                if (Apply.counts(state, entry.entry())) {
                    note(state, entry, logged);
                }
                state = Apply.apply(state, entry);
            }
            assertSame(state);
            return logged;
        }

        private void note(ManifestState before, StoredEntry entry, Map<Logged, Long> logged) {
            long next = before.partition(partition).map(found -> found.nextOffset()).orElse(0L);
            for (ManifestEvent event : entry.entry().events()) {
                if (event instanceof SegmentCommitted committed) {
                    Logged key = new Logged(committed.wal(), committed.number());
                    assertThat(logged.put(key, next)).as("%s is committed once", key).isNull();
                    next += committed.runs().getFirst().offsets();
                }
            }
        }

        /** All processes agree with the fold, whatever checkpoint they began from. */
        private void assertSame(ManifestState state) {
            List<ManifestFixture> all = new ArrayList<>(processes);
            all.add(ManifestFixture.open(bucket, loop, ++seeds));
            for (ManifestFixture process : all) {
                process.catchUp();
                assertThat(process.state().position()).isEqualTo(state.position());
                assertThat(checkpoint(process.state())).isEqualTo(checkpoint(state));
            }
        }

        private static ByteBuffer checkpoint(ManifestState state) {
            return CheckpointCodec.encode(state).copy();
        }

        private Optional<ByteBuffer> entry(long sequence) {
            return loop.await(bucket.read(BucketLayout.logEntry(sequence), EntryCodec.SIZE_MAX));
        }
    }
}
