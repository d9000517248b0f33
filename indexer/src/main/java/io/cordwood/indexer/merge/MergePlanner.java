package io.cordwood.indexer.merge;

import io.cordwood.indexer.retention.Retention;
import io.cordwood.indexer.retention.RetentionRules;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.Tier;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.store.segment.PartitionId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Decides what is merged. Pure: the same state gives the same plan.
 *
 * <p>What ingest has flushed is merged segment by segment: each of them once, all partitions
 * together, so that small segments die whole. From there on each partition is merged by itself, as
 * soon as it has several runs of about a length; they become one that is several times as long. So
 * each byte is written once more for each such step, and runs of each length are few.
 *
 * @param rules how long topics are kept: runs do not become so long that they keep records for
 *        longer, and topics that are kept alike share segments
 * @param stuck runs that cannot be read or converted: they stay as they are, and nothing is merged
 *        across them, so that what is beside one can still become history
 */
public record MergePlanner(MergeSettings settings, RetentionRules rules, Set<Run> stuck) {

    public MergePlanner {
        stuck = Set.copyOf(stuck);
    }

    /** What is to be merged of what ingest has flushed: of each partition the oldest. */
    public List<MergeJob> flushed(ManifestState state) {
        return jobs(state, this::oldestFlushed);
    }

    /** What is to be merged of what was merged before: of each partition runs of about a length. */
    public List<MergeJob> alike(ManifestState state) {
        return jobs(state, new AlikeRuns(settings, Tier.LOG, stuck)::oldest);
    }

    private List<MergeJob> jobs(ManifestState state, Choice choice) {
        JobPacking packing = new JobPacking(settings.jobBytesMax());
        for (TopicState topic : state.topics()) {
            Retention retention = rules.of(state, topic);
            for (int i = 0; i < topic.partitionCount(); i++) {
                PartitionId id = new PartitionId(topic.id(), i);
                choice.of(topic.partition(i), retention).ifPresent(sources -> packing
                        .add(retention, new RunMerge(id, sources)));
            }
        }
        return packing.jobs();
    }

    /** The oldest of the runs at the end of a partition that ingest has flushed. */
    private Optional<List<Run>> oldestFlushed(PartitionState partition, Retention retention) {
        int from = partition.runCount();
        while (from > 0 && partition.run(from - 1).tier() == Tier.WAL) {
            from--;
        }
        while (from < partition.runCount() && stuck.contains(partition.run(from))) {
            from++;
        }
        int end = from;
        while (end < partition.runCount() && !stuck.contains(partition.run(end))) {
            end++;
        }
        List<Run> flushed = partition.runsBetween(from, end);
        return flushed.isEmpty()
                ? Optional.empty()
                : Optional.of(new RunFit(settings.lengthMax(Tier.WAL), retention)
                        .oldest(partition, flushed));
    }

    /** Which runs of a partition are to become one, if any. */
    @FunctionalInterface
    private interface Choice {

        Optional<List<Run>> of(PartitionState partition, Retention retention);
    }
}
