package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.ManifestEvent.RunsMerged;
import io.cordwood.manifest.event.MergedRun;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.Run;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import java.util.List;

/**
 * Runs of a segment are to take the place of the runs that they were made of. Answered with how
 * many did: one whose sources are not all there any more, just as they were, is left out.
 */
public record MergeRuns(SegmentPlace.Stored place, List<Part> parts) implements Proposal<Integer> {

    private static final int EVENT_SIZE_MAX = 128;
    private static final int RUN_SIZE_MAX = 80;

    public MergeRuns {
        parts = List.copyOf(parts);
    }

    @Override
    public Decision<Integer> decide(ManifestState state, int inlinePosition) {
        List<MergedRun> merged = parts.stream().filter(part -> part.isThereIn(state))
                .map(Part::merged).toList();
        return merged.isEmpty()
                ? new Decision.Refused<>(new RejectedException(Reason.INVALID_REQUEST,
                        "nothing is there any more of what segment " + place.id()
                                + " was made of"))
                : new Decision.Accepted<>(new RunsMerged(place, merged), List.of(),
                        merged.size());
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return EVENT_SIZE_MAX + RUN_SIZE_MAX * parts.size();
    }

    /**
     * A run, and those that it was made of.
     *
     * @param sources consecutive runs of the partition, at least one
     */
    public record Part(CommittedRun run, List<Run> sources) {

        public Part {
            sources = List.copyOf(sources);
            long spanned = sources.getLast().endOffset() - sources.getFirst().baseOffset();
            if (spanned != run.offsets()) {
                throw new IllegalArgumentException("a merged run has the offsets of its sources: "
                        + run.offsets() + ", not " + spanned);
            }
        }

        MergedRun merged() {
            return new MergedRun(sources.getFirst().baseOffset(), run);
        }

        boolean isThereIn(ManifestState state) {
            List<Run> there = state.partition(run.partition())
                    .map(partition -> partition.replacedBy(merged())).orElse(List.of());
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
}
