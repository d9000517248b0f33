package io.cordwood.store.batch;

import io.cordwood.runtime.RejectedException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.ByteBufferOutputStream;

/**
 * Packs records into batches, for the edges where clients send records and not batches.
 *
 * <p>Records that compress are packed with LZ4, which costs little and halves typical text. What
 * would save less than an eighth is left as it is, for every reader would have to unpack it; so is
 * what is shorter than {@link #PACKED_SIZE_MIN}, since a frame of its own would make it longer.
 */
public final class BatchEncoder {

    /** The size of a batch in bytes below which it is not compressed. */
    static final int PACKED_SIZE_MIN = 512;

    /** How much of the records in bytes is tried before all of them are packed. */
    private static final int SAMPLE_SIZE = 64 << 10;

    private static final int SAVED_SHARE_MIN = 8;
    private static final Compression LZ4 = Compression.lz4().build();

    private final BatchLimits limits;

    public BatchEncoder(BatchLimits limits) {
        this.limits = limits;
    }

    /**
     * Packs the records into as few batches as the limits allow, in their order.
     *
     * @param records at least one
     * @throws RejectedException when one record alone is larger than a batch may be
     */
    public List<ValidBatch> encode(List<LogRecord> records) {
        if (records.isEmpty()) {
            throw new IllegalArgumentException("a batch holds at least one record");
        }
        List<ValidBatch> batches = new ArrayList<>();
        int first = 0;
        long size = BatchHeader.SIZE;
        for (int i = 0; i < records.size(); i++) {
            int recordSize = sizeBound(records.get(i));
            if (i > first && size + recordSize > limits.sizeMax()) {
                batches.add(batch(records.subList(first, i)));
                first = i;
                size = BatchHeader.SIZE;
            }
            size += recordSize;
        }
        batches.add(batch(records.subList(first, records.size())));
        return batches;
    }

    /**
     * Checks that a record fits a batch.
     *
     * @throws RejectedException when it does not
     */
    public void check(LogRecord record) {
        sizeBound(record);
    }

    private int sizeBound(LogRecord record) {
        int bound = RecordForm.sizeMax(record);
        if (BatchHeader.SIZE + bound > limits.sizeMax()) {
            throw new RejectedException(RejectedException.Reason.RECORD_TOO_LARGE, "a record of "
                    + bound + " bytes does not fit the largest batch of " + limits.sizeMax());
        }
        return bound;
    }

    private static ValidBatch batch(List<LogRecord> records) {
        ByteBuffer plain = plain(records);
        Optional<ByteBuffer> packed = plain.limit() < PACKED_SIZE_MIN
                ? Optional.empty()
                : packed(plain);
        BatchContent content = content(records);
        Head head = new Head(packed.isPresent() ? CompressionType.LZ4 : CompressionType.NONE,
                records.getFirst().timestampMillis(), content);
        return new ValidBatch(head.writtenTo(packed.orElse(plain)), content, Optional.empty());
    }

    /** The records as they are, behind room for a head. */
    private static ByteBuffer plain(List<LogRecord> records) {
        long base = records.getFirst().timestampMillis();
        int size = BatchHeader.SIZE;
        int offset = 0;
        for (LogRecord record : records) {
            size += RecordForm.size(record, record.timestampMillis() - base, offset++);
        }
        ByteBuffer batch = ByteBuffer.allocate(size).position(BatchHeader.SIZE);
        offset = 0;
        for (LogRecord record : records) {
            RecordForm.write(record, record.timestampMillis() - base, offset++, batch);
        }
        return batch.flip();
    }

    private static BatchContent content(List<LogRecord> records) {
        ContentTally content = new ContentTally();
        for (LogRecord record : records) {
            content.add(record.timestampMillis(), record.key().isPresent());
        }
        return content.content(false);
    }

    /** The same with packed records, in memory of its size; empty where little is saved. */
    private static Optional<ByteBuffer> packed(ByteBuffer plain) {
        int size = plain.limit() - BatchHeader.SIZE;
        int sample = Math.min(size, SAMPLE_SIZE);
        return packed(plain, sample)
                .flatMap(tried -> sample == size ? Optional.of(tried) : packed(plain, size));
    }

    private static Optional<ByteBuffer> packed(ByteBuffer plain, int size) {
        ByteBufferOutputStream out = new ByteBufferOutputStream(BatchHeader.SIZE + size);
        out.position(BatchHeader.SIZE);
        try (OutputStream packing = LZ4.wrapForOutput(out, RecordBatch.MAGIC_VALUE_V2)) {
            packing.write(plain.array(), plain.arrayOffset() + BatchHeader.SIZE, size);
        } catch (IOException impossible) {
            throw new UncheckedIOException("bytes in memory are written without I/O", impossible);
        }
        int packed = out.position() - BatchHeader.SIZE;
        return packed <= size - size / SAVED_SHARE_MIN
                ? Optional.of(ByteBuffer.allocate(out.position()).put(out.buffer().flip()).flip())
                : Optional.empty();
    }

    /** What a batch says of its records. */
    private record Head(CompressionType compression, long baseTimestampMillis,
            BatchContent content) {

        /** The batch, complete with its head, which is written into the room before the records. */
        ByteBuffer writtenTo(ByteBuffer batch) {
            int records = content.records();
            DefaultRecordBatch.writeHeader(batch, 0, records - 1, batch.limit(),
                    RecordBatch.MAGIC_VALUE_V2, compression, TimestampType.CREATE_TIME,
                    baseTimestampMillis, content.timestamps().maxMillis(),
                    RecordBatch.NO_PRODUCER_ID,
                    RecordBatch.NO_PRODUCER_EPOCH, RecordBatch.NO_SEQUENCE, false, false, false,
                    RecordBatch.NO_PARTITION_LEADER_EPOCH, records);
            return batch.rewind();
        }
    }
}
