package io.cordwood.manifest.state;

import io.cordwood.manifest.event.ManifestEvent.RunsConverted;
import io.cordwood.manifest.event.ManifestEvent.RunsMerged;
import io.cordwood.manifest.event.MergedRun;
import java.util.List;

/** Runs that take the place of others with the same records. */
final class Replacements {

    private Replacements() {}

    static ManifestState merge(ManifestState state, RunsMerged merged) {
        return replace(state,
                SegmentRef.stored(merged.place().id(), merged.place().index(), Tier.LOG),
                merged.runs());
    }

    static ManifestState convert(ManifestState state, RunsConverted converted) {
        return replace(state, new HistoryRef(converted.file()), List.of(converted.run()));
    }

    private static ManifestState replace(ManifestState state, Home home, List<MergedRun> runs) {
        ManifestState next = state
                .withReferences(references -> references.add(home, runs.size()));
        for (MergedRun run : runs) {
            List<Run> replaced = ManifestInvariants.aMergeReplacesWholeRuns(next, run);
            next = next
                    .withPartition(run.run().partition(), partition -> partition.merge(home, run))
                    .withReferences(references -> references.remove(replaced));
        }
        return next;
    }
}
