package io.cordwood.indexer.merge;

import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Run;
import io.cordwood.store.segment.PartitionId;
import java.util.List;

/**
 * Runs of a partition that are to become one.
 *
 * @param sources consecutive, at least one
 */
public record RunMerge(PartitionId partition, List<Run> sources) {

    public RunMerge {
        sources = List.copyOf(sources);
        for (int i = 1; i < sources.size(); i++) {
            if (sources.get(i).baseOffset() != sources.get(i - 1).endOffset()) {
                throw new IllegalArgumentException("sources are consecutive: " + partition);
            }
        }
        if (sources.isEmpty()) {
            throw new IllegalArgumentException("a run is made of others: " + partition);
        }
    }

    /** Whether all sources are there in a state, just as they were. */
    public boolean isPossibleIn(ManifestState state) {
        return state.partition(partition).map(this::isPossibleIn).orElse(false);
    }

    private boolean isPossibleIn(PartitionState there) {
        int first = there.indexOfOffset(sources.getFirst().baseOffset());
        if (first + sources.size() > there.runCount()) {
            return false;
        }
        for (int i = 0; i < sources.size(); i++) {
            if (!there.run(first + i).isStoredLike(sources.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** How long the run will be in bytes. */
    public int length() {
        return Math.toIntExact(sources.stream().mapToLong(Run::length).sum());
    }

    /** How many offsets it will span. */
    public int offsets() {
        return Math.toIntExact(sources.getLast().endOffset() - sources.getFirst().baseOffset());
    }

    /** The largest timestamp in it. */
    public long maxTimestampMillis() {
        return sources.stream().mapToLong(Run::maxTimestampMillis).max().orElseThrow();
    }
}
