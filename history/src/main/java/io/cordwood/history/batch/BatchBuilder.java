package io.cordwood.history.batch;

import io.cordwood.history.rows.Rows;
import io.cordwood.store.batch.BatchHeader;
import io.cordwood.store.batch.LogRecord;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * Rebuilds batches from rows, one record after the other.
 *
 * <p>A batch ends where its records no longer share what stands in its head: attributes, producer,
 * the distance of sequence and offset, and the time if that is the append's. A control record is
 * alone in its batch. What is missing between two records of a batch shows in their offsets; what
 * is missing at the end of the file, where no record follows, is taken up by a batch of no records,
 * so that whoever reads always gets on.
 */
public final class BatchBuilder {

    /** How large batches grow before they are packed, in bytes; one record may be larger. */
    private static final int BATCH_SIZE = 256 << 10;

    /** The size of records in bytes below which they are not packed. */
    private static final int PACKED_SIZE_MIN = 512;

    private final Packing packing;
    private final BatchOutput out;
    private long unpackedBytes;
    private Optional<BatchHead> open = Optional.empty();
    private int start;
    private long lastOffset;
    private long maxTimestampMillis;
    private int records;

    private BatchBuilder(Packing packing, int capacity) {
        this.packing = packing;
        this.out = new BatchOutput(capacity);
    }

    /**
     * Rebuilds batches that hold the records from an offset on.
     *
     * @param fromOffset before {@link Rows#nextOffset}, and not before the first offset that the
     *        rows answer for
     * @param bytesMax how many bytes before they are packed; the first record is there whatever its
     *        size
     */
    public static RebuiltBatches rebuild(Rows rows, long fromOffset, int bytesMax,
            Packing packing) {
        int row = rows.heads().firstAt(fromOffset);
        BatchBuilder builder = new BatchBuilder(packing,
                Math.clamp(bytesMax + (64L << 10), 1 << 10, 8 << 20));
        long nextOffset = fromOffset;
        while (row < rows.count() && builder.add(rows, row, bytesMax)) {
            nextOffset = rows.heads().offset(row) + 1;
            row++;
        }
        builder.close();
        return row < rows.count()
                ? new RebuiltBatches(builder.out.from(0), nextOffset)
                : builder.upTo(rows.nextOffset(), nextOffset);
    }

    /** A batch, or several, that only say that there is nothing from an offset to another. */
    public static RebuiltBatches nothing(long fromOffset, long nextOffset) {
        return new BatchBuilder(Packing.NONE, BatchHeader.SIZE).upTo(nextOffset, fromOffset);
    }

    private RebuiltBatches upTo(long end, long from) {
        long offset = from;
        while (offset < end) {
            long last = Math.min(end - 1, offset + Integer.MAX_VALUE);
            int position = out.size();
            out.skip(BatchHeader.SIZE);
            BatchHead.ofNothing(offset).writeTo(out.from(position), Packing.NONE, last,
                    LogRecord.NO_TIMESTAMP, 0);
            offset = last + 1;
        }
        return new RebuiltBatches(out.from(0), end);
    }

    /** Adds a record, unless it is one too many. */
    private boolean add(Rows rows, int row, int bytesMax) {
        if (open.isPresent()
                && (out.size() - start >= BATCH_SIZE || !open.get().takes(rows, row))) {
            close();
        }
        BatchHead head = open.orElseGet(() -> BatchHead.of(rows, row));
        long offset = rows.heads().offset(row);
        long timestamp = rows.heads().timestampMillis(row);
        RecordBody body = new RecordBody(rows, row, timestamp - head.baseTimestampMillis(),
                offset - head.baseOffset());
        int size = body.size();
        int headSize = open.isEmpty() ? BatchHeader.SIZE : 0;
        if (unpackedBytes > 0 && unpackedBytes + headSize + size > bytesMax) {
            return false;
        }
        if (open.isEmpty()) {
            begin(head);
        }
        body.appendTo(out, size);
        unpackedBytes += headSize + size;
        lastOffset = offset;
        maxTimestampMillis = Math.max(maxTimestampMillis, timestamp);
        records++;
        return true;
    }

    private void begin(BatchHead head) {
        open = Optional.of(head);
        start = out.size();
        out.skip(BatchHeader.SIZE);
        maxTimestampMillis = head.baseTimestampMillis();
        records = 0;
    }

    private void close() {
        if (open.isEmpty()) {
            return;
        }
        Packing packed = packIfItSaves();
        ByteBuffer batch = out.from(start);
        open.get().writeTo(batch, packed, lastOffset, maxTimestampMillis, records);
        open = Optional.empty();
    }

    private Packing packIfItSaves() {
        int position = start + BatchHeader.SIZE;
        int size = out.size() - position;
        if (packing == Packing.NONE || size < PACKED_SIZE_MIN) {
            return Packing.NONE;
        }
        byte[] frame = Lz4Frame.of(out.array(), position, size);
        if (frame.length >= size) {
            return Packing.NONE;
        }
        out.truncate(position);
        out.append(frame, 0, frame.length);
        return packing;
    }
}
