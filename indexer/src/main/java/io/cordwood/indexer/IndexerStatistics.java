package io.cordwood.indexer;

/**
 * What the indexer has done since it was made, and what it has before it.
 *
 * @param merge what was merged
 * @param expired how often the start of a partition moved, because of what is too old or too much
 * @param collected what is gone from the bucket
 * @param damagedRuns runs that cannot be read, and stay as they are
 * @param owedBytes bytes that are to be merged as of the last look
 * @param failures jobs that failed, and were or are tried again
 */
public record IndexerStatistics(Merges merge, long expired, Collections collected, int damagedRuns,
        long owedBytes, long failures) {

    /** Before it has done anything. */
    static final IndexerStatistics NONE = new IndexerStatistics(new Merges(0, 0, 0), 0,
            new Collections(0, 0, 0, 0), 0, 0, 0);

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

    IndexerStatistics with(Collections more) {
        return new IndexerStatistics(merge, expired, collected.plus(more), damagedRuns, owedBytes,
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

    /**
     * Objects that are gone from the bucket.
     *
     * @param segments that were left by their last run
     * @param entries of the manifest that nobody needs any more
     * @param checkpoints that their writer could not delete
     * @param orphans segments that the manifest never knew
     */
    public record Collections(long segments, long entries, long checkpoints, long orphans) {

        static Collections ofSegments(long gone) {
            return new Collections(gone, 0, 0, 0);
        }

        static Collections ofEntries(long gone) {
            return new Collections(0, gone, 0, 0);
        }

        static Collections ofCheckpoints(long gone) {
            return new Collections(0, 0, gone, 0);
        }

        static Collections ofOrphans(long gone) {
            return new Collections(0, 0, 0, gone);
        }

        Collections plus(Collections more) {
            return new Collections(segments + more.segments, entries + more.entries,
                    checkpoints + more.checkpoints, orphans + more.orphans);
        }
    }
}
