package io.cordwood.manifest.state;

import io.cordwood.manifest.event.ManifestEvent.RunsMerged;
import io.cordwood.manifest.event.MergedRun;
import io.cordwood.manifest.state.SegmentRef.Tier;
import java.util.List;

/** Runs that take the place of others with the same records. */
final class Replacements {

    private Replacements() {}

    static ManifestState merge(ManifestState state, RunsMerged merged) {
        SegmentRef segment = new SegmentRef(new SegmentRef.Stored(merged.place().id()),
                merged.place().index(), Tier.LOG);
        ManifestState next = state
                .withReferences(references -> references.add(segment, merged.runs().size()));
        for (MergedRun run : merged.runs()) {
            List<Run> replaced = ManifestInvariants.aMergeReplacesWholeRuns(next, run);
            next = next
                    .withPartition(run.run().partition(),
                            partition -> partition.merge(segment, run))
                    .withReferences(references -> references.remove(replaced));
        }
        return next;
    }
}
