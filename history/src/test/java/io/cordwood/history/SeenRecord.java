package io.cordwood.history;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;

/** A record and all that a client can tell of it, as Kafka's own classes read it. */
record SeenRecord(long offset, long timestampMillis, boolean appendTimed, Optional<ByteBuffer> key,
        Optional<ByteBuffer> value, List<SeenHeader> headers, long producerId, short producerEpoch,
        int sequence, boolean transactional, boolean control) {

    /** A header of a record. */
    record SeenHeader(String key, Optional<ByteBuffer> value) {}

    /** The records of whole batches, each of which is checked. */
    static List<SeenRecord> of(ByteBuffer batches) {
        List<SeenRecord> seen = new ArrayList<>();
        for (RecordBatch batch : batches(batches)) {
            for (Record record : batch) {
                seen.add(of(batch, record));
            }
        }
        return seen;
    }

    /** Whole batches, each of which is checked. */
    static List<RecordBatch> batches(ByteBuffer bytes) {
        List<RecordBatch> batches = new ArrayList<>();
        int size = 0;
        for (RecordBatch batch : MemoryRecords.readableRecords(bytes.slice()).batches()) {
            batch.ensureValid();
            size += batch.sizeInBytes();
            batches.add(batch);
        }
        if (size != bytes.remaining()) {
            throw new AssertionError("only " + size + " of " + bytes.remaining() + " are batches");
        }
        return batches;
    }

    private static SeenRecord of(RecordBatch batch, Record record) {
        return new SeenRecord(record.offset(), record.timestamp(),
                batch.timestampType() == TimestampType.LOG_APPEND_TIME,
                Optional.ofNullable(record.key()), Optional.ofNullable(record.value()),
                Arrays.stream(record.headers()).map(header -> new SeenHeader(header.key(),
                        Optional.ofNullable(header.value()).map(ByteBuffer::wrap))).toList(),
                batch.producerId(), batch.producerEpoch(), record.sequence(),
                batch.isTransactional(), batch.isControlBatch());
    }
}
