package io.cordwood.simulation;

import java.util.Optional;

/**
 * What came of a seed.
 *
 * @param events that happened
 * @param fingerprint differs when anything happened otherwise
 * @param failure what was wrong, with the last events; empty if nothing was
 */
public record Outcome(long seed, long events, long fingerprint, Tally tally,
        Optional<String> failure) {

    /**
     * How much was tried.
     *
     * @param faults injected into requests
     */
    public record Tally(long sent, long stored, long reads, long lives, long crashes, long faults,
            Sharing sharing, Producing producing, Tidying tidying) {

        static final Tally NONE = new Tally(0, 0, 0, 0, 0, 0, Sharing.NONE,
                new Producing(0, 0, 0, 0, 0), Tidying.NONE);

        Tally plus(Tally other) {
            return new Tally(sent + other.sent, stored + other.stored, reads + other.reads,
                    lives + other.lives, crashes + other.crashes, faults + other.faults,
                    sharing.plus(other.sharing), producing.plus(other.producing),
                    tidying.plus(other.tidying));
        }
    }

    /**
     * How processes shared the log.
     *
     * @param elections entries by which a process became the committer
     * @param opened lines between two of them
     * @param broken lines that were closed by neither
     * @param forwarded proposals that were sent to another process
     * @param pushed entries that were told to another process
     */
    public record Sharing(long elections, long opened, long broken, long forwarded,
            long pushed) {

        static final Sharing NONE = new Sharing(0, 0, 0, 0, 0);

        Sharing plus(Sharing other) {
            return new Sharing(elections + other.elections, opened + other.opened,
                    broken + other.broken, forwarded + other.forwarded, pushed + other.pushed);
        }
    }

    /**
     * What was done behind the data path, before the audit.
     *
     * @param merges entries by which runs took the place of others
     * @param conversions entries by which runs became history
     * @param compactions entries by which partitions were compacted
     * @param expirations entries by which records were too old or too many
     * @param collections entries by which objects were gone from the bucket
     * @param entries that were deleted
     * @param orphans objects that were deleted and that the manifest did not know
     */
    public record Tidying(long merges, long conversions, long compactions, long expirations,
            long collections, long entries, long orphans) {

        static final Tidying NONE = new Tidying(0, 0, 0, 0, 0, 0, 0);

        Tidying plus(Tidying other) {
            return new Tidying(merges + other.merges, conversions + other.conversions,
                    compactions + other.compactions,
                    expirations + other.expirations, collections + other.collections,
                    entries + other.entries,
                    orphans + other.orphans);
        }
    }

    /**
     * What producers that are recognised went through.
     *
     * @param recognised records that they sent
     * @param repeated batches that were sent again although they were stored
     * @param committed transactions
     * @param aborted transactions
     * @param fenced clients that were told that another is in their place
     */
    public record Producing(long recognised, long repeated, long committed, long aborted,
            long fenced) {

        Producing plus(Producing other) {
            return new Producing(recognised + other.recognised, repeated + other.repeated,
                    committed + other.committed, aborted + other.aborted, fenced + other.fenced);
        }
    }
}
