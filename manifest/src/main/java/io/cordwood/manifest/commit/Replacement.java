package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.MergedRun;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.Run;
import java.util.List;

/**
 * A run that is to take the place of those that it was made of.
 *
 * @param made where it lies; without batches, for its producers are known
 * @param sources consecutive runs of the partition, at least one
 */
public record Replacement(CommittedRun made, List<Run> sources) {

    public Replacement {
        sources = List.copyOf(sources);
        if (sources.isEmpty() || !made.batches().isEmpty()) {
            throw new IllegalArgumentException("a run is made of others, and its producers are"
                    + " known: " + made.partition());
        }
        long spanned = sources.getLast().endOffset() - sources.getFirst().baseOffset();
        if (spanned != made.offsets()) {
            throw new IllegalArgumentException("a run has the offsets of its sources: "
                    + made.offsets() + ", not " + spanned);
        }
    }

    MergedRun run() {
        return new MergedRun(sources.getFirst().baseOffset(), made);
    }

    /** Whether the sources are all there, just as they were. */
    boolean isPossibleIn(ManifestState state) {
        List<Run> there = state.partition(made.partition())
                .map(partition -> partition.replacedBy(run())).orElse(List.of());
        if (there.size() != sources.size()) {
            return false;
        }
        for (int i = 0; i < there.size(); i++) {
            if (!there.get(i).isStoredLike(sources.get(i))) {
                return false;
            }
        }
        return true;
    }
}
