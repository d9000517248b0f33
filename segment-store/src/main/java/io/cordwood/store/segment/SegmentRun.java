package io.cordwood.store.segment;

import io.cordwood.store.batch.TimestampRange;

/**
 * A run as the index of its segment describes it: a contiguous piece of one partition.
 *
 * @param position where its bytes begin in the segment
 * @param length how many bytes it has
 * @param batches how many batches it has
 * @param baseOffset the offset of its first record where the segment carries absolute offsets, else
 * 0
 * @param offsets how many offsets it spans: as many as records, unless it has gaps
 * @param crc the CRC-32C of its bytes
 */
public record SegmentRun(PartitionId partition, long position, int length, int batches,
        long baseOffset, int offsets, TimestampRange timestamps, int crc) {

    public SegmentRun {
        if (position < 0 || length <= 0 || batches <= 0 || offsets <= 0 || baseOffset < 0) {
            throw new IllegalArgumentException("a run is not empty: " + partition);
        }
        if (position > Long.MAX_VALUE - length || baseOffset > Long.MAX_VALUE - offsets) {
            throw new IllegalArgumentException("a run has an end: " + partition);
        }
    }
}
