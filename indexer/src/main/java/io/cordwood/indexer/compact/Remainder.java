package io.cordwood.indexer.compact;

import io.cordwood.history.write.RecordFilter;
import io.cordwood.history.write.RecordRole;
import io.cordwood.store.batch.AbortedTransaction;
import io.cordwood.store.batch.StoredRecord;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells what is left of records by compaction, and counts what is not.
 *
 * <p>What goes: a record of a key that has a later one; a tombstone whose time is over; what was
 * aborted, and the ends of transactions, but for those that a reader needs to know where an aborted
 * one ends. A record without a key stays, for nothing can come in its place.
 */
final class Remainder implements RecordFilter {

    private final LatestOffsets latest;
    private final long startOffset;
    private final long tombstonesEndOffset;
    private final Set<Long> abortedEnds;
    private long removed;

    /**
     * What is left of some runs.
     *
     * @param startOffset nobody reads what is before
     * @param tombstonesEndOffset those before it go
     * @param aborted the transactions that were aborted and have records or their end in them
     */
    Remainder(LatestOffsets latest, long startOffset, long tombstonesEndOffset,
            List<AbortedTransaction> aborted) {
        this.latest = latest;
        this.startOffset = startOffset;
        this.tombstonesEndOffset = tombstonesEndOffset;
        this.abortedEnds = aborted.stream().map(AbortedTransaction::lastOffset)
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public boolean keeps(StoredRecord stored, RecordRole role) {
        boolean kept = stored.offset() >= startOffset && switch (role) {
            case ABORTED -> false;
            case CONTROL -> abortedEnds.contains(stored.offset());
            case DATA -> counts(stored);
        };
        removed += kept ? 0 : 1;
        return kept;
    }

    /** How many records are not. */
    long removed() {
        return removed;
    }

    private boolean counts(StoredRecord stored) {
        if (stored.record().key().isEmpty()) {
            return true;
        }
        boolean isOver = stored.record().value().isEmpty()
                && stored.offset() < tombstonesEndOffset;
        return !isOver && !latest.isSuperseded(stored.record().key().get(), stored.offset());
    }
}
