package io.cordwood.manifest.state;

import io.cordwood.manifest.event.ManifestEvent.PartitionCompacted;
import io.cordwood.manifest.event.ManifestEvent.RunsConverted;
import io.cordwood.manifest.event.ManifestEvent.RunsMerged;
import io.cordwood.manifest.event.MergedRun;
import java.util.List;

/** Runs that take the place of others, and what is known of partitions after that. */
final class Replacements {

    private Replacements() {}

    static ManifestState merge(ManifestState state, RunsMerged merged) {
        ManifestInvariants.whatWasGivenUpJoinsNoMore(state, merged.place().id());
        return replace(state,
                SegmentRef.stored(merged.place().id(), merged.place().index(), Tier.LOG),
                merged.runs());
    }

    static ManifestState convert(ManifestState state, RunsConverted converted) {
        ManifestInvariants.whatWasGivenUpJoinsNoMore(state, converted.file().id());
        return replace(state, new HistoryRef(converted.file()), List.of(converted.run()));
    }

    static ManifestState compact(ManifestState state, PartitionCompacted compacted) {
        ManifestInvariants.compactionOnlyGoesOn(state, compacted);
        return state.withPartition(compacted.partition(),
                partition -> partition.compact(compacted.compaction()));
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
