package io.cordwood.indexer.merge;

import io.cordwood.indexer.retention.Retention;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Puts merges together into jobs. Topics whose records are kept alike share segments, so that these
 * die whole; others do not.
 */
final class JobPacking {

    private final long bytesMax;
    private final Map<Retention, List<RunMerge>> merges = new LinkedHashMap<>();

    JobPacking(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    void add(Retention retention, RunMerge merge) {
        merges.computeIfAbsent(retention, none -> new ArrayList<>()).add(merge);
    }

    /** No job is larger than it may be, but one of a single merge. */
    List<MergeJob> jobs() {
        return merges.values().stream().flatMap(this::jobs).toList();
    }

    private Stream<MergeJob> jobs(List<RunMerge> alike) {
        List<MergeJob> jobs = new ArrayList<>();
        List<RunMerge> open = new ArrayList<>();
        long length = 0;
        for (RunMerge merge : alike.stream()
                .sorted(Comparator.comparing(RunMerge::partition)).toList()) {
            if (!open.isEmpty() && length + merge.length() > bytesMax) {
                jobs.add(new MergeJob(open));
                open.clear();
                length = 0;
            }
            open.add(merge);
            length += merge.length();
        }
        jobs.add(new MergeJob(open));
        return jobs.stream();
    }
}
