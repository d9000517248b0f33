package io.cordwood.manifest.state;

/** How much there is of each tier. */
public record TierSizes(Size wal, Size log, Size history) {

    /** Nothing. */
    public static final TierSizes NONE = new TierSizes(Size.NONE, Size.NONE, Size.NONE);

    /** That of one tier. */
    public Size of(Tier tier) {
        return switch (tier) {
            case WAL -> wal;
            case LOG -> log;
            case HISTORY -> history;
        };
    }

    /** The bytes of all tiers. */
    public long bytes() {
        return wal.bytes + log.bytes + history.bytes;
    }

    /** Both together. */
    public TierSizes plus(TierSizes other) {
        return new TierSizes(wal.plus(other.wal), log.plus(other.log),
                history.plus(other.history));
    }

    TierSizes minus(TierSizes other) {
        return new TierSizes(wal.minus(other.wal), log.minus(other.log),
                history.minus(other.history));
    }

    TierSizes plus(Run run) {
        Size one = new Size(1, run.length());
        return switch (run.tier()) {
            case WAL -> new TierSizes(wal.plus(one), log, history);
            case LOG -> new TierSizes(wal, log.plus(one), history);
            case HISTORY -> new TierSizes(wal, log, history.plus(one));
        };
    }

    static TierSizes of(Iterable<Run> runs) {
        TierSizes sizes = NONE;
        for (Run run : runs) {
            sizes = sizes.plus(run);
        }
        return sizes;
    }

    /** So many runs of so many bytes. */
    public record Size(long runs, long bytes) {

        static final Size NONE = new Size(0, 0);

        private Size plus(Size other) {
            return new Size(runs + other.runs, bytes + other.bytes);
        }

        private Size minus(Size other) {
            return new Size(runs - other.runs, bytes - other.bytes);
        }
    }
}
