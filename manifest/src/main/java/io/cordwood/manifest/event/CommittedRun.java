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

    public CommittedRun {
        if (position < 0 || length <= 0 || offsets <= 0) {
            throw new IllegalArgumentException("a run is not empty: " + partition);
        }
    }
}
