package io.cordwood.store.batch;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.MutableRecordBatch;

/**
 * A batch that may be stored: its checksum, its structure and each of its records were checked, and
 * its records have consecutive offsets, relative to the first.
 */
public final class ValidBatch {

    private final ByteBuffer bytes;
    private final BatchContent content;
    private final Optional<ProducerSequence> producer;

    ValidBatch(ByteBuffer bytes, BatchContent content, Optional<ProducerSequence> producer) {
        this.bytes = bytes.asReadOnlyBuffer();
        this.content = content;
        this.producer = producer;
    }

    /**
     * Checks the remaining bytes, which must be exactly one batch and must not change from now on.
     *
     * @throws io.cordwood.runtime.RejectedException when a reader could stumble over it
     */
    public static ValidBatch of(ByteBuffer bytes, BatchLimits limits) {
        return new BatchValidation(bytes, limits).validate();
    }

    /** The same, but if it belongs to a transaction, its partition joins that by it. */
    public ValidBatch joining() {
        return new ValidBatch(bytes, content, producer.map(ProducerSequence::joining));
    }

    /**
     * A copy whose records all have the time of their append, and none its own: its head says so.
     */
    public ValidBatch stampedAt(long appendMillis) {
        ByteBuffer copy = ByteBuffer.allocate(size()).put(bytes()).flip();
        MutableRecordBatch batch = MemoryRecords.readableRecords(copy.duplicate()).batches()
                .iterator().next();
        batch.setMaxTimestamp(TimestampType.LOG_APPEND_TIME, appendMillis);
        return new ValidBatch(copy, content.stampedAt(appendMillis), producer);
    }

    /** A fresh read-only view of the batch. */
    public ByteBuffer bytes() {
        return bytes.duplicate();
    }

    /** The size in bytes. */
    public int size() {
        return bytes.remaining();
    }

    /** How many records it holds: at least one. */
    public int records() {
        return content.records();
    }

    /** The times of all its records. */
    public TimestampRange timestamps() {
        return content.timestamps();
    }

    /** The times of those of its records that have one; empty if none has. */
    public TimestampRange datedTimestamps() {
        return content.dated();
    }

    /** Whether each of its records has a key. */
    public boolean isKeyed() {
        return content.keyed();
    }

    /** Whether its records have the time of their append, and none its own. */
    public boolean isStamped() {
        return content.stamped();
    }

    /** Which producer sent it, if it is one that wants to be recognised. */
    public Optional<ProducerSequence> producer() {
        return producer;
    }
}
