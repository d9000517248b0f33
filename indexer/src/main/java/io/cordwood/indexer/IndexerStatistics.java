package io.cordwood.indexer;

import io.cordwood.indexer.compact.Compacted;

/**
 * What the indexer has done since it was made, and what it has before it.
 *
 * @param merge what was merged
 * @param history what became history
 * @param compacted what was compacted
 * @param expired how often the start of a partition moved, because of what is too old or too much
 * @param collected what is gone from the bucket
 * @param stuck runs that stay as they are
 * @param owedBytes bytes that are to be merged as of the last look
 * @param failures jobs that failed, and were or are tried again
 */
public record IndexerStatistics(Merges merge, Conversions history, Compactions compacted,
        long expired, Collections collected, Stuck stuck, long owedBytes, long failures) {

    /** Before it has done anything. */
    static final IndexerStatistics NONE = new IndexerStatistics(new Merges(0, 0, 0),
            new Conversions(0, 0, 0, 0), new Compactions(0, 0, 0, 0, 0), 0,
            new Collections(0, 0, 0, 0), new Stuck(0, 0), 0, 0);

    IndexerStatistics withMerge(int runs, long bytes) {
        return new IndexerStatistics(
                new Merges(merge.segments() + (runs > 0 ? 1 : 0), merge.runs() + runs,
                        merge.bytes() + bytes),
                history, compacted, expired, collected, stuck, owedBytes, failures);
    }

    IndexerStatistics withHistory(long bytes, long records) {
        return new IndexerStatistics(merge, new Conversions(history.files() + 1,
                history.bytes() + bytes, history.records() + records,
                history.owedBytes()), compacted, expired, collected, stuck,
                owedBytes, failures);
    }

    IndexerStatistics withHistoryOwed(long bytes) {
        return new IndexerStatistics(merge, new Conversions(history.files(), history.bytes(),
                history.records(), bytes), compacted, expired, collected, stuck, owedBytes,
                failures);
    }

    IndexerStatistics withCompacted(Compacted more) {
        return new IndexerStatistics(merge, history, new Compactions(compacted.partitions() + 1,
                compacted.files() + more.files(), compacted.bytes() + more.bytes(),
                compacted.removed() + more.removed(), compacted.owedBytes()), expired, collected,
                stuck, owedBytes, failures);
    }

    IndexerStatistics withCompactionOwed(long bytes) {
        return new IndexerStatistics(merge, history, new Compactions(compacted.partitions(),
                compacted.files(), compacted.bytes(), compacted.removed(), bytes), expired,
                collected, stuck, owedBytes, failures);
    }

    IndexerStatistics withExpired(int partitions) {
        return new IndexerStatistics(merge, history, compacted, expired + partitions, collected,
                stuck,
                owedBytes, failures);
    }

    IndexerStatistics with(Collections more) {
        return new IndexerStatistics(merge, history, compacted, expired, collected.plus(more),
                stuck,
                owedBytes, failures);
    }

    IndexerStatistics withStuck(Stuck runs) {
        return new IndexerStatistics(merge, history, compacted, expired, collected, runs, owedBytes,
                failures);
    }

    IndexerStatistics withOwed(long bytes) {
        return new IndexerStatistics(merge, history, compacted, expired, collected, stuck, bytes,
                failures);
    }

    IndexerStatistics withFailure() {
        return new IndexerStatistics(merge, history, compacted, expired, collected, stuck,
                owedBytes,
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
     * What became history.
     *
     * @param files that were made, of segments or of other files
     * @param bytes of them
     * @param records in them
     * @param owedBytes of what was to become history next, as of the last look: of each partition
     *        one file's worth
     */
    public record Conversions(long files, long bytes, long records, long owedBytes) {}

    /**
     * What was compacted.
     *
     * @param partitions how often one was
     * @param files that were made
     * @param bytes of them
     * @param removed records that are gone
     * @param owedBytes of what was to be compacted as of the last look
     */
    public record Compactions(long partitions, long files, long bytes, long removed,
            long owedBytes) {}

    /**
     * Objects that are gone from the bucket.
     *
     * @param objects segments and history files that were left by their last run
     * @param entries of the manifest that nobody needs any more
     * @param checkpoints that their writer could not delete
     * @param orphans segments and history files that the manifest never knew
     */
    public record Collections(long objects, long entries, long checkpoints, long orphans) {

        static Collections ofObjects(long gone) {
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
            return new Collections(objects + more.objects, entries + more.entries,
                    checkpoints + more.checkpoints, orphans + more.orphans);
        }
    }

    /**
     * Runs that stay as they are, of which this process knows.
     *
     * @param damaged missing, or not what was written
     * @param unconvertible such that no history file can hold them
     */
    public record Stuck(int damaged, int unconvertible) {}
}
