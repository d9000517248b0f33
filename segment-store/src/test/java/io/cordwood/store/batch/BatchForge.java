package io.cordwood.store.batch;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.MemoryRecordsBuilder;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.ByteBufferOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Makes batches as clients of all kinds do, by Kafka's own builder, and batches as no honest client
 * does, byte by byte.
 */
public final class BatchForge {

    /** Where the fields of a batch are. */
    static final int LENGTH = 8;
    static final int MAGIC = 16;
    static final int CRC = 17;
    static final int ATTRIBUTES = 21;
    static final int LAST_OFFSET_DELTA = 23;
    static final int BASE_TIMESTAMP = 27;
    static final int MAX_TIMESTAMP = 35;
    static final int COUNT = 57;

    private final Compression compression;
    private final TimestampType timestampType;
    private final Producer producer;

    private BatchForge(Compression compression, TimestampType timestampType, Producer producer) {
        this.compression = compression;
        this.timestampType = timestampType;
        this.producer = producer;
    }

    /** Makes batches that are compressed in that way, or not at all. */
    public static BatchForge packing(CompressionType codec) {
        return new BatchForge(Compression.of(codec).build(), TimestampType.CREATE_TIME,
                Producer.ANYBODY);
    }

    /** Makes batches that carry the time of their append for all their records. */
    public BatchForge appendTimed() {
        return new BatchForge(compression, TimestampType.LOG_APPEND_TIME, producer);
    }

    /** Makes batches of an idempotent producer. */
    public BatchForge idempotent() {
        return new BatchForge(compression, timestampType, Producer.IDEMPOTENT);
    }

    /** Makes batches that are part of a transaction. */
    public BatchForge transactional() {
        return new BatchForge(compression, timestampType, Producer.TRANSACTIONAL);
    }

    /** Makes control batches. */
    public BatchForge control() {
        return new BatchForge(compression, timestampType, Producer.CONTROLLING);
    }

    /** One batch of the records, with relative offsets. */
    public ByteBuffer batch(List<LogRecord> records) {
        MemoryRecordsBuilder builder = new MemoryRecordsBuilder(ByteBuffer.allocate(1 << 10),
                RecordBatch.MAGIC_VALUE_V2, compression, timestampType, 0, 1_700_000_000_123L,
                producer.id(), producer.epoch(), producer.sequence(), producer.transactional(),
                producer.controlling(), RecordBatch.NO_PARTITION_LEADER_EPOCH, 1 << 10);
        for (LogRecord record : records) {
            append(builder, record);
        }
        return builder.build().buffer();
    }

    private void append(MemoryRecordsBuilder builder, LogRecord record) {
        if (producer.controlling()) {
            builder.appendControlRecord(record.timestampMillis(),
                    ControlRecordType.COMMIT,
                    ByteBuffer.allocate(6));
        } else {
            builder.append(record.timestampMillis(), bytes(record.key()), bytes(record.value()),
                    record.headers().stream().map(BatchForge::header).toArray(Header[]::new));
        }
    }

    /**
     * A batch that claims to hold so many records and holds these bytes instead, compressed. Its
     * length and checksum are right.
     */
    public ByteBuffer claiming(int count, byte[] unpacked) {
        ByteBufferOutputStream packed = new ByteBufferOutputStream(1 << 10);
        try (OutputStream out = compression.wrapForOutput(packed, RecordBatch.MAGIC_VALUE_V2)) {
            out.write(unpacked);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return claimingPacked(count, packed.buffer().flip());
    }

    /** A batch that claims to hold so many records, compressed, and holds these bytes instead. */
    public ByteBuffer claimingPacked(int count, ByteBuffer packed) {
        ByteBuffer batch = ByteBuffer.allocate(BatchHeader.SIZE + packed.remaining());
        batch.put(MAGIC, RecordBatch.MAGIC_VALUE_V2);
        batch.putShort(ATTRIBUTES, (short) compression.type().id);
        batch.putInt(LAST_OFFSET_DELTA, count - 1);
        batch.putLong(43, -1).putShort(51, (short) -1).putInt(53, -1);
        batch.putInt(COUNT, count);
        batch.put(BatchHeader.SIZE, packed, packed.position(), packed.remaining());
        return seal(batch);
    }

    /** Puts the right length and checksum into the batch, whatever else is in it. */
    public static ByteBuffer seal(ByteBuffer batch) {
        batch.putInt(LENGTH, batch.remaining() - BatchHeader.SIZE_KNOWN_AFTER);
        CRC32C crc = new CRC32C();
        crc.update(batch.slice(ATTRIBUTES, batch.remaining() - ATTRIBUTES));
        return batch.putInt(CRC, (int) crc.getValue());
    }

    /** A copy that may be changed. */
    public static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }

    private static @Nullable ByteBuffer bytes(Optional<ByteBuffer> content) {
        return content.map(ByteBuffer::duplicate).orElse(null);
    }

    private static Header header(io.cordwood.store.batch.RecordHeader header) {
        return new RecordHeader(header.key(),
                header.value().map(value -> copy(value).array()).orElse(null));
    }

    /** What a batch says of who made it. */
    private record Producer(long id, short epoch, int sequence, boolean transactional,
            boolean controlling) {

        static final Producer ANYBODY = new Producer(-1, (short) -1, -1, false, false);
        static final Producer IDEMPOTENT = new Producer(77, (short) 3, Integer.MAX_VALUE - 1, false,
                false);
        static final Producer TRANSACTIONAL = new Producer(77, (short) 3, 12, true, false);
        static final Producer CONTROLLING = new Producer(77, (short) 3, -1, true, true);
    }
}
