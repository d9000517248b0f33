package io.cordwood.indexer.merge;

import io.cordwood.indexer.retention.Retention;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.Tier;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds runs of about a length, so many that they become one which is several times as long. The
 * runs of a tier grow at its end, where its newest are; so there are few of each length.
 *
 * @param tier whose runs are looked at
 * @param stuck runs that stay as they are: nothing is merged across them
 */
public record AlikeRuns(MergeSettings settings, Tier tier, Set<Run> stuck) {

    public AlikeRuns {
        stuck = Set.copyOf(stuck);
    }

    /** The oldest of those that are enough, and that one run can hold. */
    public Optional<List<Run>> oldest(PartitionState partition, Retention retention) {
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
        RunFit fit = new RunFit(settings.lengthMax(tier), retention);
        for (int from = 0; from < runs.size(); from++) {
            List<Run> fitting = fit.oldest(partition, runs.subList(from, runs.size()));
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

    /** The newest runs of the tier that can still grow. */
    private List<Run> growing(PartitionState partition) {
        int end = partition.runCount();
        while (end > 0 && partition.run(end - 1).tier() != tier) {
            end--;
        }
        int from = end;
        while (from > 0 && end - from < settings.runsMax() && grows(partition.run(from - 1))) {
            from--;
        }
        return partition.runsBetween(from, end);
    }

    private boolean grows(Run run) {
        return run.length() < settings.fullLength(tier) && !stuck.contains(run)
                && run.tier() == tier;
    }

    /** How often what it was made of was multiplied. */
    private int level(Run run) {
        int level = 0;
        for (int length = run.length(); length >= settings.runsMin(); level++) {
            length /= settings.runsMin();
        }
        return level;
    }
}
