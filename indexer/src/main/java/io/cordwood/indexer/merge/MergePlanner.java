package io.cordwood.indexer.merge;

import io.cordwood.indexer.retention.Retention;
import io.cordwood.indexer.retention.RetentionRules;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.SegmentRef.Tier;
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
 * @param damaged runs that cannot be read: they stay as they are, and nothing is merged across them
 */
public record MergePlanner(MergeSettings settings, RetentionRules rules, Set<Run> damaged) {

    public MergePlanner {
        damaged = Set.copyOf(damaged);
    }

    /**
     * What is to be merged now.
     *
     * @param isFlushDue whether flushed segments are merged even if they are few
     */
    public List<MergeJob> plan(ManifestState state, boolean isFlushDue) {
        int flushed = state.references().unmerged();
        boolean first = flushed >= settings.segmentsMin() || (flushed > 0 && isFlushDue);
        List<MergeJob> jobs = first ? jobs(state, this::flushed) : List.of();
        return jobs.isEmpty() ? jobs(state, this::alike) : jobs;
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
    private Optional<List<Run>> flushed(PartitionState partition, Retention retention) {
        int from = partition.runCount();
        while (from > 0 && partition.run(from - 1).segment().tier() == Tier.WAL) {
            from--;
        }
        while (from < partition.runCount() && damaged.contains(partition.run(from))) {
            from++;
        }
        int end = from;
        while (end < partition.runCount() && !damaged.contains(partition.run(end))) {
            end++;
        }
        List<Run> flushed = partition.runsBetween(from, end);
        return flushed.isEmpty()
                ? Optional.empty()
                : Optional.of(fitting(flushed, spanEnd(partition, flushed, retention)));
    }

    /** Runs of about a length at the end of those that were merged, if they are enough. */
    private Optional<List<Run>> alike(PartitionState partition, Retention retention) {
        List<Run> growing = growing(partition);
        if (growing.size() >= settings.runsMax()) {
            return several(partition, growing, retention);
        }
        int highest = growing.stream().mapToInt(this::level).max().orElse(0);
        for (int level = highest; level >= 0; level--) {
            Optional<List<Run>> several = enough(growing, level)
                    .flatMap(enough -> several(partition, enough, retention));
            if (several.isPresent()) {
                return several;
            }
        }
        return Optional.empty();
    }

    /** The oldest of the runs of which more than one fit together. */
    private Optional<List<Run>> several(PartitionState partition, List<Run> runs,
            Retention retention) {
        for (int from = 0; from < runs.size(); from++) {
            List<Run> rest = runs.subList(from, runs.size());
            List<Run> fitting = fitting(rest, spanEnd(partition, rest, retention));
            if (fitting.size() > 1) {
                return Optional.of(fitting);
            }
        }
        return Optional.empty();
    }

    /** The last runs up to a level, if there are enough of that level among them. */
    private Optional<List<Run>> enough(List<Run> growing, int level) {
        int from = growing.size();
        int count = 0;
        while (from > 0 && level(growing.get(from - 1)) <= level) {
            from--;
            count += level(growing.get(from)) == level ? 1 : 0;
        }
        return count >= settings.runsMin()
                ? Optional.of(growing.subList(from, growing.size()))
                : Optional.empty();
    }

    /** The runs at the end, but for those that were just flushed, that can still grow. */
    private List<Run> growing(PartitionState partition) {
        int end = partition.runCount();
        while (end > 0 && partition.run(end - 1).segment().tier() == Tier.WAL) {
            end--;
        }
        int from = end;
        while (from > 0 && end - from < settings.runsMax() && grows(partition.run(from - 1))) {
            from--;
        }
        return partition.runsBetween(from, end);
    }

    private boolean grows(Run run) {
        return run.length() < settings.fullLength() && !damaged.contains(run)
                && run.segment().tier() == Tier.LOG;
    }

    /** How often what it was made of was multiplied. */
    private int level(Run run) {
        int level = 0;
        for (int length = run.length(); length >= settings.runsMin(); level++) {
            length /= settings.runsMin();
        }
        return level;
    }

    /**
     * Up to when one run may go on that begins with these. Runs do not tell when they begin, so it
     * is counted from the end of the one before; the first of a partition goes no further.
     */
    private static long spanEnd(PartitionState partition, List<Run> runs, Retention retention) {
        long span = retention.spanMaxMillis();
        if (span == Long.MAX_VALUE) {
            return Long.MAX_VALUE;
        }
        Run first = runs.getFirst();
        int index = partition.indexOfOffset(first.baseOffset());
        if (index > 0) {
            return partition.run(index - 1).maxTimestampMillis() + span;
        }
        return first.maxTimestampMillis() + (first.segment().tier() == Tier.WAL ? span : 0);
    }

    /** Of some runs the oldest that a job has room for, and one run can span: at least one. */
    private List<Run> fitting(List<Run> runs, long spanEndMillis) {
        long length = 0;
        long offsets = 0;
        int count = 0;
        while (count < runs.size()) {
            Run next = runs.get(count);
            length += next.length();
            offsets += next.offsets();
            if (count > 0 && (length > settings.jobBytesMax() || offsets > Integer.MAX_VALUE
                    || next.maxTimestampMillis() > spanEndMillis)) {
                break;
            }
            count++;
        }
        return runs.subList(0, count);
    }

    /** Which runs of a partition are to become one, if any. */
    @FunctionalInterface
    private interface Choice {

        Optional<List<Run>> of(PartitionState partition, Retention retention);
    }
}
