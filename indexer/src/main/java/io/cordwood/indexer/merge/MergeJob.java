package io.cordwood.indexer.merge;

import io.cordwood.manifest.state.Run;
import java.util.ArrayList;
import java.util.List;

/**
 * Merges that make one segment together.
 *
 * @param merges in the order of their partitions, one for each
 */
public record MergeJob(List<RunMerge> merges) {

    public MergeJob {
        merges = List.copyOf(merges);
        for (int i = 1; i < merges.size(); i++) {
            if (merges.get(i - 1).partition().compareTo(merges.get(i).partition()) >= 0) {
                throw new IllegalArgumentException("runs lie in the order of their partitions");
            }
        }
    }

    /** What it is made of, in the order in which it lies in the segment. */
    List<MergeSource> sources() {
        List<MergeSource> sources = new ArrayList<>();
        for (RunMerge merge : merges) {
            List<Run> runs = merge.sources();
            for (int i = 0; i < runs.size(); i++) {
                sources.add(new MergeSource(merge.partition(), runs.get(i), i == 0,
                        i == runs.size() - 1));
            }
        }
        return sources;
    }

    /** The merges that a run is not part of. */
    List<RunMerge> without(Run run) {
        return merges.stream().filter(merge -> !merge.sources().contains(run)).toList();
    }

    /** The bytes that are read and written. */
    public long length() {
        return merges.stream().mapToLong(RunMerge::length).sum();
    }
}
