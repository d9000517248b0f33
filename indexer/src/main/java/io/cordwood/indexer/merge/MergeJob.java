package io.cordwood.indexer.merge;

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

    /** The bytes that are read and written. */
    public long length() {
        return merges.stream().mapToLong(RunMerge::length).sum();
    }
}
