package io.cordwood.manifest.event;

import io.cordwood.store.segment.PartitionId;

/**
 * A run that becomes part of its partition.
 *
 * @param position where its bytes begin in the segment
 * @param length how many bytes it has
 * @param offsets how many offsets it takes
 * @param maxTimestampMillis its largest timestamp
 */
public record CommittedRun(PartitionId partition, long position, int length, int offsets,
        long maxTimestampMillis) {

    /** Far more than a segment has; and where an entry encloses it, the sum is a number still. */
    public static final long POSITION_MAX = Long.MAX_VALUE / 2;

    public CommittedRun {
        if (position < 0 || position > POSITION_MAX || length <= 0 || offsets <= 0) {
            throw new IllegalArgumentException("a run lies in its segment and is not empty: "
                    + partition);
        }
    }
}
