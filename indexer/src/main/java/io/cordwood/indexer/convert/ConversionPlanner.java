package io.cordwood.indexer.convert;

import io.cordwood.indexer.merge.AlikeRuns;
import io.cordwood.indexer.merge.MergeSettings;
import io.cordwood.indexer.merge.RunFit;
import io.cordwood.indexer.merge.RunMerge;
import io.cordwood.indexer.retention.Retention;
import io.cordwood.indexer.retention.RetentionRules;
import io.cordwood.manifest.state.HistoryRef;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.SegmentRef;
import io.cordwood.manifest.state.Tier;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.store.segment.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Decides which runs become history. Pure: the same state and time give the same plan.
 *
 * <p>Runs that were merged, are old, and hold no record whose transaction may still be aborted
 * become one file, as far as one has room for them. Files of about a length become one, too; and
 * one of which records were deleted becomes one without them.
 *
 * @param settings how large a file becomes, and of how many others it is made
 * @param stuck runs that cannot be converted: they stay as they are
 */
public record ConversionPlanner(MergeSettings settings, RetentionRules retention,
        HistoryRules history, Set<Run> stuck) {

    public ConversionPlanner {
        stuck = Set.copyOf(stuck);
    }

    /** What is to become history now: of each partition the oldest. */
    public List<Conversion> plan(ManifestState state, long nowMillis) {
        List<Conversion> conversions = new ArrayList<>();
        for (TopicState topic : state.topics()) {
            OptionalLong age = history.ageMillisOf(state, topic);
            if (age.isPresent()) {
                add(conversions, topic, retention.of(state, topic),
                        new Cutoff(nowMillis, age.getAsLong()));
            }
        }
        return conversions;
    }

    private void add(List<Conversion> conversions, TopicState topic, Retention kept,
            Cutoff cutoff) {
        AlikeRuns alike = new AlikeRuns(settings, Tier.HISTORY, stuck);
        for (int i = 0; i < topic.partitionCount(); i++) {
            PartitionId id = new PartitionId(topic.id(), i);
            PartitionState partition = topic.partition(i);
            old(partition, kept, cutoff).or(() -> alike.oldest(partition, kept))
                    .or(() -> partlyDeleted(partition))
                    .ifPresent(runs -> conversions.add(Conversion.of(topic.name().value(),
                            partition, new RunMerge(id, runs))));
        }
    }

    /**
     * The first file, if it certainly holds records that were deleted: who reads the file itself
     * would still find them.
     */
    private Optional<List<Run>> partlyDeleted(PartitionState partition) {
        if (partition.runCount() == 0 || stuck.contains(partition.run(0))) {
            return Optional.empty();
        }
        Run first = partition.run(0);
        return switch (first.home()) {
            case SegmentRef segment -> Optional.empty();
            case HistoryRef history -> Optional.of(List.of(first)).filter(runs -> history.file()
                    .records() > first.endOffset() - partition.startOffset());
        };
    }

    private Optional<List<Run>> old(PartitionState partition, Retention kept, Cutoff cutoff) {
        int from = 0;
        while (from < partition.runCount() && !isDue(partition, from, cutoff)) {
            from++;
        }
        int end = from;
        while (end < partition.runCount() && isDue(partition, end, cutoff)) {
            end++;
        }
        List<Run> due = partition.runsBetween(from, end);
        return due.isEmpty() || !cutoff.isWorthAFile(due)
                ? Optional.empty()
                : Optional.of(
                        new RunFit(settings.lengthMax(Tier.HISTORY), kept).oldest(partition, due));
    }

    private boolean isDue(PartitionState partition, int index, Cutoff cutoff) {
        Run run = partition.run(index);
        return run.tier() == Tier.LOG && cutoff.isOld(run)
                && run.endOffset() <= partition.lastStableOffset() && !stuck.contains(run);
    }

    /**
     * When records are old enough. A file costs as much as some megabytes, so a little that is old
     * waits for more, for half as long again at most.
     */
    private record Cutoff(long nowMillis, long ageMillis) {

        private static final long WORTH_BYTES = 4 << 20;

        boolean isOld(Run run) {
            return run.maxTimestampMillis() < nowMillis - ageMillis;
        }

        boolean isWorthAFile(List<Run> due) {
            return due.getFirst().maxTimestampMillis() < nowMillis - ageMillis - ageMillis / 2
                    || due.stream().mapToLong(Run::length).sum() >= WORTH_BYTES;
        }
    }
}
