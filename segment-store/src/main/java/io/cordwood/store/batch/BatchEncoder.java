package io.cordwood.store.batch;

import io.cordwood.runtime.RejectedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Optional;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.AbstractRecords;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * Packs records into batches, for the edges where clients send records and not batches.
 *
 * <p>Records that compress are packed with LZ4, which costs little and halves typical text; what is
 * shorter than {@link #PACKED_SIZE_MIN} is left as it is, since a frame of its own would make it
 * longer.
 */
public final class BatchEncoder {

    /** The size of records in bytes below which they are not compressed. */
    static final int PACKED_SIZE_MIN = 512;

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
                batches.add(pack(records.subList(first, i), (int) size));
                first = i;
                size = BatchHeader.SIZE;
            }
            size += recordSize;
        }
        batches.add(pack(records.subList(first, records.size()), Math.toIntExact(size)));
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
        int bound = AbstractRecords.estimateSizeInBytesUpperBound(RecordBatch.MAGIC_VALUE_V2,
                Compression.NONE.type(), bytes(record.key()), bytes(record.value()),
                headers(record))
                - BatchHeader.SIZE;
        if (BatchHeader.SIZE + bound > limits.sizeMax()) {
            throw new RejectedException(RejectedException.Reason.RECORD_TOO_LARGE, "a record of "
                    + bound + " bytes does not fit the largest batch of " + limits.sizeMax());
        }
        return bound;
    }

    /** Packs the records, or leaves them as they are where packing gains nothing. */
    private ValidBatch pack(List<LogRecord> records, int sizeBound) {
        if (sizeBound < PACKED_SIZE_MIN) {
            return batch(records, sizeBound, Compression.NONE);
        }
        ValidBatch packed = batch(records, sizeBound, Compression.lz4().build());
        return packed.size() <= sizeBound ? packed : batch(records, sizeBound, Compression.NONE);
    }

    private static ValidBatch batch(List<LogRecord> records, int sizeBound,
            Compression compression) {
        MemoryRecordsBuilder builder = MemoryRecords.builder(ByteBuffer.allocate(sizeBound),
                compression, TimestampType.CREATE_TIME, 0);
        TimestampRange timestamps = TimestampRange.EMPTY;
        for (LogRecord record : records) {
            builder.append(record.timestampMillis(), inArray(record.key()),
                    inArray(record.value()), headers(record));
            timestamps = timestamps.include(record.timestampMillis());
        }
        return new ValidBatch(builder.build().buffer(), records.size(), timestamps,
                Optional.empty());
    }

    private static @Nullable ByteBuffer bytes(Optional<ByteBuffer> content) {
        return content.map(ByteBuffer::duplicate).orElse(null);
    }

    /** The bytes where Kafka writes them at once: what has no array it writes one by one. */
    private static @Nullable ByteBuffer inArray(Optional<ByteBuffer> content) {
        return content.map(buffer -> buffer.hasArray()
                ? buffer.duplicate()
                : ByteBuffer.wrap(array(buffer))).orElse(null);
    }

    private static Header[] headers(LogRecord record) {
        if (record.headers().isEmpty()) {
            return Record.EMPTY_HEADERS;
        }
        return record.headers().stream().map(BatchEncoder::header).toArray(Header[]::new);
    }

    private static Header header(RecordHeader header) {
        return new org.apache.kafka.common.header.internals.RecordHeader(header.key(),
                header.value().map(BatchEncoder::array).orElse(null));
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] array = new byte[buffer.remaining()];
        buffer.duplicate().get(array);
        return array;
    }
}
