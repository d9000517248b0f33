package io.cordwood.store.batch;

import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * A batch that may be stored: its checksum, its structure and each of its records were checked, and
 * its records have consecutive offsets, relative to the first.
 */
public final class ValidBatch {

    private final ByteBuffer bytes;
    private final int records;
    private final TimestampRange timestamps;
    private final Optional<ProducerSequence> producer;

    ValidBatch(ByteBuffer bytes, int records, TimestampRange timestamps,
            Optional<ProducerSequence> producer) {
        this.bytes = bytes.asReadOnlyBuffer();
        this.records = records;
        this.timestamps = timestamps;
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
        return new ValidBatch(bytes, records, timestamps,
                producer.map(ProducerSequence::joining));
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
        return records;
    }

    public TimestampRange timestamps() {
        return timestamps;
    }

    /** Which producer sent it, if it is one that wants to be recognised. */
    public Optional<ProducerSequence> producer() {
        return producer;
    }
}
