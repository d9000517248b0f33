package io.cordwood.indexer.compact;

import io.cordwood.manifest.event.Compaction;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.Tier;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.store.segment.PartitionId;
import java.util.Optional;
import java.util.Set;

/**
 * Decides which partition is compacted next: that of which the largest share is not. Pure: the same
 * state and time give the same plan.
 *
 * <p>Runs that were merged, are old enough, and hold no record whose transaction may still be
 * aborted are looked at, up to the first that is not such.
 */
public record CompactionPlanner(CompactionSettings settings, CompactionRules rules) {

    /**
     * What to compact now.
     *
     * @param failed the partitions of which it failed, which come after all others
     */
    public Plan plan(ManifestState state, long nowMillis, Set<PartitionId> failed) {
        Optional<Dirt> most = Optional.empty();
        long owedBytes = 0;
        for (TopicState topic : state.topics()) {
            Optional<CompactionRule> rule = rules.of(state, topic);
            for (int i = 0; i < topic.partitionCount() && rule.isPresent(); i++) {
                Dirt dirt = Dirt.of(topic, i, rule.get(), nowMillis);
                if (isDue(dirt, nowMillis)) {
                    owedBytes += dirt.bytes();
                    most = most.filter(other -> !dirt.comesBefore(other, failed))
                            .or(() -> Optional.of(dirt));
                }
            }
        }
        return new Plan(most.map(Dirt::target), owedBytes);
    }

    private boolean isDue(Dirt dirt, long nowMillis) {
        if (dirt.bytes() == 0) {
            return false;
        }
        CompactionRule rule = dirt.target().rule();
        long sinceMillis = nowMillis - dirt.target().before().atMillis();
        boolean rested = sinceMillis >= settings.pause().toMillis()
                || dirt.bytes() >= settings.dirtyBytesMax();
        return sinceMillis >= rule.lagMaxMillis()
                || (rested && dirt.share() > rule.dirtyShareMin());
    }

    /**
     * What to compact.
     *
     * @param next the partition that comes first; empty if none is worth it
     * @param owedBytes of all that are worth it, what is not compacted
     */
    public record Plan(Optional<CompactionTarget> next, long owedBytes) {}

    /**
     * What there is to compact in a partition.
     *
     * @param bytes of what is not compacted and may be
     * @param cleanBytes of what is
     */
    private record Dirt(CompactionTarget target, long bytes, long cleanBytes) {

        static Dirt of(TopicState topic, int number, CompactionRule rule, long nowMillis) {
            PartitionState partition = topic.partition(number);
            Compaction before = partition.compaction();
            long bytes = 0;
            long cleanBytes = 0;
            long toOffset = before.endOffset();
            for (Run run : partition.runs()) {
                boolean isClean = run.endOffset() <= before.endOffset();
                if (!isClean && !isCompactable(partition, run, nowMillis - rule.lagMinMillis())) {
                    break;
                }
                bytes += isClean ? 0 : run.length();
                cleanBytes += isClean ? run.length() : 0;
                toOffset = Math.max(toOffset, run.endOffset());
            }
            return new Dirt(new CompactionTarget(new PartitionId(topic.id(), number),
                    topic.name().value(), rule, before, toOffset), bytes, cleanBytes);
        }

        private static boolean isCompactable(PartitionState partition, Run run,
                long youngestMillis) {
            return run.tier() != Tier.WAL && run.endOffset() <= partition.lastStableOffset()
                    && run.maxTimestampMillis() <= youngestMillis;
        }

        boolean comesBefore(Dirt other, Set<PartitionId> failed) {
            boolean hasFailed = failed.contains(target.partition());
            return hasFailed == failed.contains(other.target().partition())
                    ? share() > other.share()
                    : !hasFailed;
        }

        private double share() {
            return (double) bytes / Math.max(1, bytes + cleanBytes);
        }
    }
}
