package io.cordwood.store.segment;

import io.cordwood.store.batch.TimestampRange;
import java.util.ArrayList;
import java.util.List;

/** Counts the batches of a run while it grows, and divides it into stretches. */
final class RunTally {

    private final PartitionId partition;
    private final List<Stretch> stretches = new ArrayList<>();
    private TimestampRange timestamps = TimestampRange.EMPTY;
    private TimestampRange stretchTimestamps = TimestampRange.EMPTY;
    private int stretchOffset;
    private int stretchPosition;
    private int offsets;
    private int length;
    private int batches;

    RunTally(PartitionId partition) {
        this.partition = partition;
    }

    void add(int batchSize, int batchOffsets, TimestampRange times) {
        batches++;
        timestamps = timestamps.merge(times);
        stretchTimestamps = stretchTimestamps.merge(times);
        offsets = Math.addExact(offsets, batchOffsets);
        length = Math.addExact(length, batchSize);
        if (length - stretchPosition >= SegmentLayout.STRETCH_LENGTH_MIN) {
            endStretch();
        }
    }

    int batches() {
        return batches;
    }

    /** How many offsets it spans so far. */
    int offsets() {
        return offsets;
    }

    /** How many bytes it has so far. */
    int length() {
        return length;
    }

    /**
     * The run, which grows no more.
     *
     * @param position where it lies in the segment
     * @param crc of its bytes
     */
    SegmentRun finish(long position, int crc) {
        if (length > stretchPosition && !stretches.isEmpty()) {
            endStretch();
        }
        return new SegmentRun(partition, position, length, batches, 0, offsets, timestamps, crc);
    }

    List<Stretch> stretches() {
        return stretches;
    }

    private void endStretch() {
        stretches.add(new Stretch(stretchOffset, stretchPosition, stretchTimestamps.maxMillis()));
        stretchTimestamps = TimestampRange.EMPTY;
        stretchOffset = offsets;
        stretchPosition = length;
    }
}
