package io.cordwood.manifest.event;

import io.cordwood.store.segment.PartitionId;
import java.util.List;

/**
 * A run that becomes part of its partition.
 *
 * @param position where its bytes begin in the segment
 * @param length how many bytes it has
 * @param offsets how many offsets it takes
 * @param maxTimestampMillis its largest timestamp
 * @param batches those that have a producer that is to be known, in order
 */
public record CommittedRun(PartitionId partition, long position, int length, int offsets,
        long maxTimestampMillis, List<ProducedBatch> batches) {

    /** Far more than a segment has; and where an entry encloses it, the sum is a number still. */
    public static final long POSITION_MAX = Long.MAX_VALUE / 2;

    public CommittedRun {
        if (position < 0 || position > POSITION_MAX || length <= 0 || offsets <= 0) {
            throw new IllegalArgumentException("a run lies in its segment and is not empty: "
                    + partition);
        }
        batches = List.copyOf(batches);
        if (!lieIn(offsets, batches)) {
            throw new IllegalArgumentException("batches lie in their run, one after the other: "
                    + partition);
        }
    }

    /** A run of batches whose producers need not be known. */
    public static CommittedRun of(PartitionId partition, long position, int length, int offsets,
            long maxTimestampMillis) {
        return new CommittedRun(partition, position, length, offsets, maxTimestampMillis,
                List.of());
    }

    private static boolean lieIn(int offsets, List<ProducedBatch> batches) {
        long end = 0;
        for (ProducedBatch batch : batches) {
            if (batch.offsetDelta() < end) {
                return false;
            }
            end = batch.offsetDelta() + (long) batch.records();
        }
        return end <= offsets;
    }
}
