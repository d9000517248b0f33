package io.cordwood.indexer.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.indexer.retention.Retention;
import io.cordwood.indexer.retention.RetentionRules;
import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.Configs;
import io.cordwood.manifest.event.ManifestEvent.RunsMerged;
import io.cordwood.manifest.event.ManifestEvent.SegmentCommitted;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.MergedRun;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.EntryChain;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.Tier;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.segment.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class MergePlannerTest {

    private static final UUID WAL = new UUID(2, 2);
    private static final ByteRange INDEX = new ByteRange(500, 50);
    private static final MergeSettings SETTINGS = new MergeSettings(4, 4, 1 << 20, 1 << 20);
    private static final MergePlanner PLANNER = new MergePlanner(SETTINGS,
            MergePlannerTest::retention, Set.of());

    private final EntryChain chain = EntryChain.elected();
    private final PartitionId orders = topic(1, Configs.NONE);
    private long segments;
    private long mergedBytes;
    private long merges;

    @Test
    void whatWasFlushedIsMergedOnce() {
        flush(100, orders);

        List<MergeJob> jobs = PLANNER.flushed(chain.state());

        assertThat(jobs).hasSize(1);
        assertThat(jobs.getFirst().merges().getFirst().sources()).hasSize(1);
        merge(jobs);
        assertThat(PLANNER.flushed(chain.state())).isEmpty();
    }

    @Test
    void allPartitionsOfFlushedSegmentsAreMergedSoThatTheSegmentsDie() {
        PartitionId payments = topic(2, Configs.NONE);
        for (int i = 0; i < SETTINGS.segmentsMin(); i++) {
            flush(100, i == 2 ? List.of(orders, payments) : List.of(orders));
        }

        merge(PLANNER.flushed(chain.state()));

        assertThat(chain.state().references().unmerged()).isZero();
        assertThat(chain.state().references().garbage()).hasSize(SETTINGS.segmentsMin());
        assertThat(runs(orders)).hasSize(1);
        assertThat(runs(payments)).hasSize(1);
    }

    @Test
    void topicsThatAreKeptForDifferentTimesDoNotShareSegments() {
        PartitionId shortLived = topic(2, Configs.of(Map.of("retention.ms", "1000")));
        PartitionId alsoShortLived = topic(3, Configs.of(Map.of("retention.ms", "1000")));
        for (int i = 0; i < SETTINGS.segmentsMin(); i++) {
            flush(100, List.of(orders, shortLived, alsoShortLived));
        }

        List<MergeJob> jobs = PLANNER.flushed(chain.state());

        assertThat(jobs).extracting(job -> job.merges().stream().map(RunMerge::partition).toList())
                .containsExactlyInAnyOrder(List.of(orders), List.of(shortLived, alsoShortLived));
    }

    @Test
    void noJobIsLargerThanItMayBe() {
        PartitionId payments = topic(2, Configs.NONE);
        for (int i = 0; i < 10; i++) {
            flush(SETTINGS.jobBytesMax() / 5, List.of(orders, payments));
        }

        List<MergeJob> jobs = PLANNER.flushed(chain.state());

        assertThat(jobs).hasSize(2);
        assertThat(jobs).allMatch(job -> job.length() <= SETTINGS.jobBytesMax());
    }

    @Test
    void theRunsOfAPartitionGrowWithTheLogarithmOfWhatItHolds() {
        int most = 0;
        for (int i = 1; i <= 4_000; i++) {
            flush(64, orders);
            mergeAll();
            most = Math.max(most, runs(orders).size());
        }

        assertThat(most).isLessThan(25);
        assertThat(mergedBytes).isLessThan(64 * 4_000 * 8);
    }

    @Test
    void flushesOfAllLengthsLeaveFewRunsThatCanStillGrow() {
        for (int i = 1; i <= 2_000; i++) {
            flush(1 + (i * 7919) % (i % 5 == 0 ? 60_000 : 90), orders);
            mergeAll();
            assertThat(runs(orders).stream()
                    .filter(run -> run.length() < SETTINGS.fullLength(Tier.LOG)).count())
                    .isLessThan(SETTINGS.runsMax() + SETTINGS.segmentsMin());
        }
    }

    @Test
    void whatIsLongEnoughIsNotMergedAgain() {
        for (int i = 0; i < 40; i++) {
            flush(SETTINGS.fullLength(Tier.LOG), orders);
            mergeAll();
        }

        assertThat(mergedBytes).isLessThanOrEqualTo(40L * SETTINGS.fullLength(Tier.LOG));
    }

    @Test
    void aRunThatCannotBeReadStaysAndIsNotMergedAcross() {
        for (int i = 0; i < 9; i++) {
            flush(100, orders);
        }
        Run damaged = runs(orders).get(3);
        MergePlanner planner = new MergePlanner(SETTINGS, RetentionRules.FOREVER,
                Set.of(damaged));

        merge(planner.flushed(chain.state()));
        merge(planner.flushed(chain.state()));

        assertThat(planner.flushed(chain.state())).isEmpty();
        assertThat(planner.alike(chain.state())).isEmpty();
        assertThat(runs(orders)).extracting(Run::offsets).containsExactly(30, 10, 50);
        assertThat(runs(orders).get(1).isStoredLike(damaged)).isTrue();
    }

    @Test
    void aMergeIsPossibleAsLongAsItsSourcesAreThereAsTheyWere() {
        for (int sources = 1; sources <= 3; sources++) {
            for (int i = 0; i < sources; i++) {
                flush(100, orders);
            }
            RunMerge merge = PLANNER.flushed(chain.state()).getFirst().merges().getFirst();
            assertThat(merge.sources()).hasSize(sources);
            assertThat(merge.isPossibleIn(chain.state())).isTrue();
            assertThat(merge.isPossibleIn(EntryChain.elected().state())).isFalse();

            merge(PLANNER.flushed(chain.state()));

            assertThat(merge.isPossibleIn(chain.state())).isFalse();
        }
    }

    @Test
    void aRunDoesNotSpanSoMuchTimeThatItKeepsItsOldestRecordsForTooLong() {
        PartitionId shortLived = topic(2, Configs.of(Map.of("retention.ms", "80")));
        for (int i = 0; i < 200; i++) {
            flush(100, shortLived);
            mergeAll();
        }

        assertThat(runs(shortLived)).allMatch(run -> run.offsets() <= 11 * 10);
        assertThat(runs(shortLived).size()).isLessThan(200 / 5);
    }

    @Test
    void aRunIsNotSoLongThatFarMoreIsKeptThanShouldBe() {
        PartitionId small = topic(2, Configs.of(Map.of("retention.bytes", "8000")));
        for (int i = 0; i < 200; i++) {
            flush(100, small);
            mergeAll();
        }

        assertThat(runs(small)).allMatch(run -> run.length() <= 1_000);
        assertThat(runs(small).size()).isLessThan(200 / 5);
    }

    /** A test's topic says in milliseconds how long it is kept; a flush comes every millisecond. */
    private static Retention retention(ManifestState state, TopicState topic) {
        return new Retention(number(topic, "retention.ms"), number(topic, "retention.bytes"));
    }

    private static OptionalLong number(TopicState topic, String config) {
        return topic.configs().value(config).map(Long::parseLong).map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    private PartitionId topic(int number, Configs configs) {
        UUID id = new UUID(1, number);
        chain.append(new TopicCreated(id, new TopicName("topic-" + number), 1, configs));
        return new PartitionId(id, 0);
    }

    private void flush(int length, PartitionId partition) {
        flush(length, List.of(partition));
    }

    private void flush(int length, List<PartitionId> partitions) {
        segments++;
        List<CommittedRun> runs = new ArrayList<>();
        for (PartitionId partition : partitions) {
            runs.add(CommittedRun.of(partition, 32L + (long) runs.size() * length, length, 10,
                    segments));
        }
        chain.append(new SegmentCommitted(WAL, segments,
                new SegmentPlace.Stored(new UUID(3, segments), INDEX), runs));
    }

    private void mergeAll() {
        List<MergeJob> jobs = due();
        while (!jobs.isEmpty()) {
            merge(jobs);
            jobs = due();
        }
    }

    /** As an indexer asks: first for what was flushed, if it is enough. */
    private List<MergeJob> due() {
        boolean enough = chain.state().references().unmerged() >= SETTINGS.segmentsMin();
        List<MergeJob> flushed = enough ? PLANNER.flushed(chain.state()) : List.of();
        return flushed.isEmpty() ? PLANNER.alike(chain.state()) : flushed;
    }

    private void merge(List<MergeJob> jobs) {
        for (MergeJob job : jobs) {
            mergedBytes += job.length();
            List<MergedRun> runs = job.merges().stream()
                    .map(merge -> new MergedRun(merge.sources().getFirst().baseOffset(),
                            CommittedRun.of(merge.partition(), 32, merge.length(),
                                    merge.offsets(), merge.maxTimestampMillis())))
                    .toList();
            chain.append(
                    new RunsMerged(new SegmentPlace.Stored(new UUID(9, ++merges), INDEX), runs));
        }
    }

    private List<Run> runs(PartitionId partition) {
        List<Run> runs = new ArrayList<>();
        chain.state().partition(partition).orElseThrow().runs().forEach(runs::add);
        return runs;
    }
}
