package io.cordwood.store.segment;

import io.cordwood.store.batch.BatchHeader;
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
    private int batchCount;
    private boolean hasProducers;

    RunBuilder(PartitionId partition) {
        this.partition = partition;
    }

    BatchPlace add(ValidBatch batch) {
        BatchPlace place = new BatchPlace(batchCount, offsets);
        batches.add(new RunBatch(length, batch.size(), offsets, batch.records(),
                batch.timestamps().maxMillis(), batch.producer()));
        hasProducers |= batch.producer().isPresent();
        slices.add(batch.bytes());
        count(batch.size(), batch.records(), batch.timestamps());
        return place;
    }

    /**
     * Adds batches that were stored before, back to back: not copied, but each is looked at.
     *
     * @return whether all of them are whole and their checksums are right; if not, this builder is
     *         of no use any more
     */
    boolean addStored(ByteBuffer stored) {
        ByteBuffer buffer = stored.slice();
        int position = 0;
        while (position < buffer.capacity()) {
            if (!isIntact(buffer, position)) {
                return false;
            }
            BatchHeader batch = new BatchHeader(buffer, position);
            count(batch.batchSize(), batch.offsets(),
                    new TimestampRange(batch.baseTimestampMillis(), batch.maxTimestampMillis()));
            position += batch.batchSize();
        }
        slices.add(buffer);
        return true;
    }

    private static boolean isIntact(ByteBuffer buffer, int position) {
        int left = buffer.capacity() - position;
        if (left < BatchHeader.SIZE) {
            return false;
        }
        BatchHeader batch = new BatchHeader(buffer, position);
        int size = batch.batchSize();
        return size >= BatchHeader.SIZE && size <= left && batch.offsets() > 0
                && batch.isIntact();
    }

    private void count(int batchSize, int batchOffsets, TimestampRange times) {
        batchCount++;
        timestamps = timestamps.merge(times);
        stretchTimestamps = stretchTimestamps.merge(times);
        offsets = Math.addExact(offsets, batchOffsets);
        length = Math.addExact(length, batchSize);
        if (length - stretchPosition >= SegmentLayout.STRETCH_LENGTH_MIN) {
            endStretch();
        }
    }

    SegmentRun finish(long position) {
        if (length > stretchPosition && !stretches.isEmpty()) {
            endStretch();
        }
        CRC32C crc = new CRC32C();
        slices.forEach(slice -> crc.update(slice.duplicate()));
        return new SegmentRun(partition, position, length, batchCount, 0, offsets, timestamps,
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
