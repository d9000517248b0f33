package io.cordwood.manifest.state;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.store.object.ObjectKey;

/**
 * A contiguous piece of a partition, and where it lies. There may be millions, so it holds no more
 * than a plan needs.
 *
 * @param home what it lies in
 * @param position where its bytes begin there
 * @param length how many bytes it has
 * @param baseOffset the offset of its first record
 * @param offsets how many offsets it spans
 * @param maxTimestampMillis its largest timestamp
 * @param latestTimestampMillis the largest timestamp of it and all runs before it: never falls from
 *        run to run, so the first run that reaches a time is found by bisection
 */
public record Run(Home home, long position, int length, long baseOffset, int offsets,
        long maxTimestampMillis, long latestTimestampMillis) {

    public Run {
        if (position < 0 || position > CommittedRun.POSITION_MAX || length <= 0) {
            throw new IllegalArgumentException("a run lies somewhere and is not empty: "
                    + length + " bytes at " + position);
        }
        if (baseOffset < 0 || offsets <= 0 || baseOffset > Long.MAX_VALUE - offsets) {
            throw new IllegalArgumentException("a run has offsets: " + offsets + " from "
                    + baseOffset);
        }
    }

    Run withLatestTimestamp(long millis) {
        return new Run(home, position, length, baseOffset, offsets, maxTimestampMillis, millis);
    }

    /** Whether it is the same bytes, for the same offsets. */
    public boolean isStoredLike(Run other) {
        return home.equals(other.home) && position == other.position
                && length == other.length && baseOffset == other.baseOffset;
    }

    /** The object that holds it. */
    public ObjectKey key() {
        return home.key();
    }

    /** Whether it has offsets, but no record any more, as compaction may leave it. */
    public boolean isEmpty() {
        return switch (home) {
            case SegmentRef segment -> false;
            case HistoryRef history -> history.file().records() == 0;
        };
    }

    /** Who made what it lies in. */
    public Tier tier() {
        return home.tier();
    }

    /**
     * The segment that it lies in.
     *
     * @throws IllegalStateException when it is history
     */
    public SegmentRef segment() {
        return switch (home) {
            case SegmentRef segment -> segment;
            case HistoryRef history -> throw new IllegalStateException(
                    "the run at offset " + baseOffset + " is in no segment, but in "
                            + history.key());
        };
    }

    /** The offset after its last. */
    public long endOffset() {
        return baseOffset + offsets;
    }
}
