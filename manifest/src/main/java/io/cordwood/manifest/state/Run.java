package io.cordwood.manifest.state;

import io.cordwood.manifest.event.CommittedRun;

/**
 * A contiguous piece of a partition, and where it lies. There may be millions, so it holds no more
 * than a plan needs.
 *
 * @param position where its bytes begin in the segment
 * @param length how many bytes it has
 * @param baseOffset the offset of its first record
 * @param offsets how many offsets it spans
 * @param maxTimestampMillis its largest timestamp
 * @param latestTimestampMillis the largest timestamp of it and all runs before it: never falls from
 *        run to run, so the first run that reaches a time is found by bisection
 */
public record Run(SegmentRef segment, long position, int length, long baseOffset, int offsets,
        long maxTimestampMillis, long latestTimestampMillis) {

    public Run {
        if (position < 0 || position > CommittedRun.POSITION_MAX || length <= 0) {
            throw new IllegalArgumentException("a run lies in its segment and is not empty: "
                    + length + " bytes at " + position);
        }
        if (baseOffset < 0 || offsets <= 0 || baseOffset > Long.MAX_VALUE - offsets) {
            throw new IllegalArgumentException("a run has offsets: " + offsets + " from "
                    + baseOffset);
        }
    }

    Run withLatestTimestamp(long millis) {
        return new Run(segment, position, length, baseOffset, offsets, maxTimestampMillis, millis);
    }

    /** Whether it is the same bytes, for the same offsets. */
    public boolean isStoredLike(Run other) {
        return segment.equals(other.segment) && position == other.position
                && length == other.length && baseOffset == other.baseOffset;
    }

    /** The offset after its last. */
    public long endOffset() {
        return baseOffset + offsets;
    }
}
