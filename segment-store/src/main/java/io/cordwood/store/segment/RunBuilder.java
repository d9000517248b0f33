package io.cordwood.store.segment;

import io.cordwood.store.batch.TimestampRange;
import io.cordwood.store.batch.ValidBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** The batches of one partition while their segment is open. */
final class RunBuilder {

    private final PartitionId partition;
    private final List<ByteBuffer> slices = new ArrayList<>();
    private final List<Stretch> stretches = new ArrayList<>();
    private final List<RunBatch> batches = new ArrayList<>();
    private TimestampRange timestamps = TimestampRange.EMPTY;
    private TimestampRange stretchTimestamps = TimestampRange.EMPTY;
    private int stretchOffset;
    private int stretchPosition;
    private int offsets;
    private int length;
    private boolean hasProducers;

    RunBuilder(PartitionId partition) {
        this.partition = partition;
    }

    BatchPlace add(ValidBatch batch) {
        BatchPlace place = new BatchPlace(slices.size(), offsets);
        batches.add(new RunBatch(length, batch.size(), offsets, batch.records(),
                batch.timestamps().maxMillis(), batch.producer()));
        hasProducers |= batch.producer().isPresent();
        slices.add(batch.bytes());
        timestamps = timestamps.merge(batch.timestamps());
        stretchTimestamps = stretchTimestamps.merge(batch.timestamps());
        offsets = Math.addExact(offsets, batch.records());
        length = Math.addExact(length, batch.size());
        if (length - stretchPosition >= SegmentLayout.STRETCH_LENGTH_MIN) {
            endStretch();
        }
        return place;
    }

    SegmentRun finish(long position) {
        if (length > stretchPosition && !stretches.isEmpty()) {
            endStretch();
        }
        CRC32C crc = new CRC32C();
        slices.forEach(slice -> crc.update(slice.duplicate()));
        return new SegmentRun(partition, position, length, slices.size(), 0, offsets, timestamps,
                (int) crc.getValue());
    }

    List<ByteBuffer> slices() {
        return slices;
    }

    /** Its batches, if any has a producer that is to be known; else none. */
    List<RunBatch> batches() {
        return hasProducers ? List.copyOf(batches) : List.of();
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
