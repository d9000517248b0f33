package io.cordwood.history;

import io.cordwood.store.batch.BatchHeader;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.RecordHeader;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.jspecify.annotations.Nullable;

/**
 * What is in the head of a batch that is to be made by Kafka's own classes.
 *
 * @param producerId -1: none
 */
record BatchSpec(CompressionType codec, boolean appendTimed, long producerId, short producerEpoch,
        int baseSequence, boolean transactional) {

    static final BatchSpec PLAIN = new BatchSpec(CompressionType.NONE, false, -1, (short) -1, -1,
            false);
    static final long APPENDED_MILLIS = 1_700_000_004_321L;

    BatchSpec with(CompressionType other) {
        return new BatchSpec(other, appendTimed, producerId, producerEpoch, baseSequence,
                transactional);
    }

    BatchSpec stamped() {
        return new BatchSpec(codec, true, producerId, producerEpoch, baseSequence, transactional);
    }

    BatchSpec of(long producer, int epoch, int sequence) {
        return new BatchSpec(codec, appendTimed, producer, (short) epoch, sequence, transactional);
    }

    BatchSpec inTransaction() {
        return new BatchSpec(codec, appendTimed, producerId, producerEpoch, baseSequence, true);
    }

    /** A batch that begins at an offset and is to be filled. */
    Filling at(long baseOffset) {
        return new Filling(builder(baseOffset, false));
    }

    /** The control batch that ends the producer's transaction. */
    ByteBuffer end(long offset, boolean committed) {
        MemoryRecordsBuilder builder = builder(offset, true);
        builder.appendEndTxnMarker(APPENDED_MILLIS, new EndTransactionMarker(committed
                ? ControlRecordType.COMMIT
                : ControlRecordType.ABORT, 0));
        return builder.build().buffer();
    }

    /** A batch of which nothing is left, as compaction leaves it. */
    ByteBuffer empty(long baseOffset, long lastOffset) {
        ByteBuffer batch = ByteBuffer.allocate(BatchHeader.SIZE);
        DefaultRecordBatch.writeEmptyHeader(batch, RecordBatch.MAGIC_VALUE_V2, producerId,
                producerEpoch, baseSequence, baseOffset, lastOffset, 0,
                TimestampType.CREATE_TIME, APPENDED_MILLIS, transactional, false);
        return batch.flip();
    }

    private MemoryRecordsBuilder builder(long baseOffset, boolean control) {
        return new MemoryRecordsBuilder(ByteBuffer.allocate(1 << 10), RecordBatch.MAGIC_VALUE_V2,
                Compression.of(codec).build(),
                appendTimed ? TimestampType.LOG_APPEND_TIME : TimestampType.CREATE_TIME,
                baseOffset, APPENDED_MILLIS + baseOffset, producerId, producerEpoch,
                control ? -1 : baseSequence, transactional, control, 0, 1 << 10);
    }

    /** A batch that is being filled. */
    record Filling(MemoryRecordsBuilder builder) {

        Filling add(long offset, LogRecord record) {
            builder.appendWithOffset(offset, record.timestampMillis(), bytes(record.key()),
                    bytes(record.value()), record.headers().stream().map(Filling::header)
                            .toArray(Header[]::new));
            return this;
        }

        /** The batch, with nothing at the end up to an offset. */
        ByteBuffer endingAt(long lastOffset) {
            builder.overrideLastOffset(lastOffset);
            return build();
        }

        ByteBuffer build() {
            return builder.build().buffer();
        }

        private static @Nullable ByteBuffer bytes(Optional<ByteBuffer> content) {
            return content.map(ByteBuffer::duplicate).orElse(null);
        }

        private static Header header(RecordHeader header) {
            return new org.apache.kafka.common.header.internals.RecordHeader(header.key(),
                    header.value().map(Filling::array).orElse(null));
        }

        private static byte[] array(ByteBuffer bytes) {
            byte[] array = new byte[bytes.remaining()];
            bytes.get(bytes.position(), array);
            return array;
        }
    }
}
