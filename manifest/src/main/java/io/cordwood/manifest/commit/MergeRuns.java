package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ManifestEvent.RunsMerged;
import io.cordwood.manifest.event.MergedRun;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.Run;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.store.segment.PartitionId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Runs of a segment are to take the place of the runs that they were made of. Answered with how
 * many did: one whose sources are not all there any more, just as they were, is left out.
 *
 * @param parts of which no two replace the same run
 */
public record MergeRuns(SegmentPlace.Stored place,
        List<Replacement> parts) implements Proposal<Integer> {

    private static final int EVENT_SIZE_MAX = 128;
    private static final int RUN_SIZE_MAX = 80;

    public MergeRuns {
        parts = List.copyOf(parts);
        Set<Place> replaced = new HashSet<>();
        for (Replacement part : parts) {
            for (Run source : part.sources()) {
                if (!replaced.add(new Place(part.made().partition(), source.baseOffset()))) {
                    throw new IllegalArgumentException("a run is replaced once: "
                            + source.baseOffset() + " of " + part.made().partition());
                }
            }
        }
    }

    @Override
    public Decision<Integer> decide(ManifestState state, int inlinePosition) {
        if (!state.references().mayJoin(place.id())) {
            return refused("segment " + place.id() + " was made too long ago, and may be gone");
        }
        List<MergedRun> merged = parts.stream().filter(part -> part.isPossibleIn(state))
                .map(Replacement::run).toList();
        return merged.isEmpty()
                ? refused("nothing is there any more of what segment " + place.id()
                        + " was made of")
                : new Decision.Accepted<>(new RunsMerged(place, merged), List.of(),
                        merged.size());
    }

    private static Decision<Integer> refused(String reason) {
        return new Decision.Refused<>(
                new RejectedException(Reason.INVALID_REQUEST, reason));
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return EVENT_SIZE_MAX + RUN_SIZE_MAX * parts.size();
    }

    /** Where in the log a run is. */
    private record Place(PartitionId partition, long baseOffset) {}
}
