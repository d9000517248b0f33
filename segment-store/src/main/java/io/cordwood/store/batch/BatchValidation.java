package io.cordwood.store.batch;

import static io.cordwood.runtime.RejectedException.Reason.INVALID_RECORD;
import static io.cordwood.runtime.RejectedException.Reason.RECORD_TOO_LARGE;

import io.cordwood.runtime.RejectedException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.DefaultRecord;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.BufferSupplier;
import org.apache.kafka.common.utils.ByteUtils;
import org.jspecify.annotations.Nullable;

/**
 * One check of one batch, from the outside in: size, head, checksum, then every record.
 *
 * <p>Records are decompressed and parsed by Kafka's classes, but never before the length they claim
 * was compared with what the limits leave: a few bytes must not make a reader allocate gigabytes.
 */
final class BatchValidation {

    private static final byte FORMAT = 2;

    private final ByteBuffer bytes;
    private final BatchLimits limits;

    BatchValidation(ByteBuffer bytes, BatchLimits limits) {
        this.bytes = bytes.slice();
        this.limits = limits;
    }

    ValidBatch validate() {
        checkSize();
        try {
            DefaultRecordBatch batch = head();
            return new ValidBatch(bytes, batch.countOrNull(), checkRecords(batch));
        } catch (KafkaException | IllegalArgumentException | IOException damaged) {
            throw new RejectedException(INVALID_RECORD,
                    "the batch is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private void checkSize() {
        int size = bytes.remaining();
        if (size > limits.sizeMax()) {
            throw new RejectedException(RECORD_TOO_LARGE, "a batch of " + size
                    + " bytes is larger than the " + limits.sizeMax() + " that are accepted");
        }
        require(size > BatchHeader.SIZE, "it holds no records");
        require(new BatchHeader(bytes, 0).batchSize() == size,
                "its length field differs from its size of " + size + " bytes");
        require(bytes.get(16) == FORMAT, "only message format 2 is accepted");
    }

    private DefaultRecordBatch head() {
        RecordBatch first = MemoryRecords.readableRecords(bytes.duplicate()).batches().iterator()
                .next();
        if (!(first instanceof DefaultRecordBatch batch)) {
            throw rejected("only message format 2 is accepted");
        }
        batch.ensureValid();
        int count = batch.countOrNull();
        require(count > 0, "it holds no records");
        require(batch.lastOffset() - batch.baseOffset() + 1 == count,
                "its offsets do not match its record count");
        require(!batch.isControlBatch(), "control records come from the log, not from producers");
        require(batch.deleteHorizonMs().isEmpty(), "it claims to have been compacted");
        if (batch.compressionType() == CompressionType.SNAPPY) {
            SnappyChunks.check(bytes.slice(BatchHeader.SIZE, bytes.limit() - BatchHeader.SIZE),
                    limits.unpackedSizeMax());
        }
        return batch;
    }

    private TimestampRange checkRecords(DefaultRecordBatch batch) throws IOException {
        TimestampRange timestamps = TimestampRange.EMPTY;
        try (InputStream unpacked = batch.recordInputStream(BufferSupplier.NO_CACHING)) {
            RecordStream records = new RecordStream(unpacked, batch);
            for (int i = 0; i < batch.countOrNull(); i++) {
                DefaultRecord record = records.next();
                require(record.offset() == batch.baseOffset() + i,
                        "its offsets are not consecutive");
                require(LogRecord.timestampIsValid(record.timestamp()),
                        "a timestamp is out of range: " + record.timestamp());
                timestamps = timestamps.include(record.timestamp());
            }
            require(unpacked.read() < 0, "something follows its last record");
        }
        require(timestamps.maxMillis() == batch.maxTimestamp(),
                "its largest timestamp is not the one in its head");
        return timestamps;
    }

    private static void require(boolean holds, String complaint) {
        if (!holds) {
            throw rejected(complaint);
        }
    }

    private static RejectedException rejected(String complaint) {
        return new RejectedException(INVALID_RECORD, "the batch is not acceptable: " + complaint);
    }

    /** The records of a batch one by one, within what the limits leave. */
    private final class RecordStream {

        private final DataInputStream in;
        private final DefaultRecordBatch batch;
        private long remaining = limits.unpackedSizeMax();
        private byte[] scratch = new byte[256];

        RecordStream(InputStream unpacked, DefaultRecordBatch batch) {
            this.in = new DataInputStream(unpacked);
            this.batch = batch;
        }

        DefaultRecord next() throws IOException {
            int size = ByteUtils.readVarint(in);
            require(size > 0, "a record has no size");
            int prefix = ByteUtils.sizeOfVarint(size);
            remaining -= size;
            if (remaining < 0) {
                throw new RejectedException(RECORD_TOO_LARGE, "its records unpack to more than "
                        + limits.unpackedSizeMax() + " bytes");
            }
            ByteBuffer whole = room(prefix + size);
            ByteUtils.writeVarint(size, whole);
            try {
                in.readFully(scratch, prefix, size);
            } catch (EOFException cut) {
                throw rejected("its last record is cut");
            }
            whole.rewind();
            return DefaultRecord.readFrom(whole, batch.baseOffset(), batch.baseTimestamp(),
                    batch.baseSequence(), logAppendTime());
        }

        private ByteBuffer room(int size) {
            if (scratch.length < size) {
                scratch = new byte[Math.max(size, scratch.length * 2)];
            }
            return ByteBuffer.wrap(scratch, 0, size);
        }

        private @Nullable Long logAppendTime() {
            return batch.timestampType() == TimestampType.LOG_APPEND_TIME
                    ? batch.maxTimestamp()
                    : null;
        }
    }
}
