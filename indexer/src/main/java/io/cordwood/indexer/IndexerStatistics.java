package io.cordwood.indexer;

/**
 * What the indexer has done since it was made, and what it has before it.
 *
 * @param merge what was merged
 * @param expired how often the start of a partition moved, because of what is too old or too much
 * @param collected segments that are gone from the bucket
 * @param damagedRuns runs that cannot be read, and stay as they are
 * @param owedBytes bytes that are to be merged as of the last look
 * @param failures jobs that failed, and were or are tried again
 */
public record IndexerStatistics(Merges merge, long expired, long collected, int damagedRuns,
        long owedBytes, long failures) {

    /** Before it has done anything. */
    static final IndexerStatistics NONE = new IndexerStatistics(new Merges(0, 0, 0), 0, 0, 0, 0,
            0);

    IndexerStatistics withMerge(int runs, long bytes) {
        return new IndexerStatistics(
                new Merges(merge.segments() + (runs > 0 ? 1 : 0), merge.runs() + runs,
                        merge.bytes() + bytes),
                expired, collected, damagedRuns, owedBytes, failures);
    }

    IndexerStatistics withExpired(int partitions) {
        return new IndexerStatistics(merge, expired + partitions, collected, damagedRuns,
                owedBytes, failures);
    }

    IndexerStatistics withCollected(int segments) {
        return new IndexerStatistics(merge, expired, collected + segments, damagedRuns, owedBytes,
                failures);
    }

    IndexerStatistics withDamaged(int runs) {
        return new IndexerStatistics(merge, expired, collected, runs, owedBytes, failures);
    }

    IndexerStatistics withOwed(long bytes) {
        return new IndexerStatistics(merge, expired, collected, damagedRuns, bytes, failures);
    }

    IndexerStatistics withFailure() {
        return new IndexerStatistics(merge, expired, collected, damagedRuns, owedBytes,
                failures + 1);
    }

    /**
     * What was merged.
     *
     * @param segments that were made
     * @param runs in them that took the place of others
     * @param bytes of them
     */
    public record Merges(long segments, long runs, long bytes) {}
}
