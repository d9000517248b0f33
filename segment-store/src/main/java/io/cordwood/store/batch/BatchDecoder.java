package io.cordwood.store.batch;

import io.cordwood.runtime.CorruptException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;

/** Unpacks stored batches into records, checking each batch's checksum on the way. */
public final class BatchDecoder {

    private BatchDecoder() {}

    /**
     * The records of a buffer of whole batches, in order, from an offset on.
     *
     * @throws CorruptException when a batch is not what was stored
     */
    public static List<StoredRecord> records(ByteBuffer batches, long fromOffset) {
        List<StoredRecord> records = new ArrayList<>();
        int decoded = 0;
        try {
            for (RecordBatch batch : MemoryRecords.readableRecords(batches.duplicate()).batches()) {
                batch.ensureValid();
                if (!batch.isControlBatch()) {
                    collect(batch, fromOffset, records);
                }
                decoded += batch.sizeInBytes();
            }
        } catch (KafkaException damaged) {
            throw new CorruptException("a stored batch is damaged: " + damaged.getMessage(),
                    damaged);
        }
        if (decoded != batches.remaining()) {
            throw new CorruptException("a stored batch is cut: " + decoded + " of "
                    + batches.remaining() + " bytes are whole batches");
        }
        return records;
    }

    private static void collect(RecordBatch batch, long fromOffset, List<StoredRecord> records) {
        for (Record record : batch) {
            if (record.offset() >= fromOffset) {
                records.add(stored(record));
            }
        }
    }

    private static StoredRecord stored(Record record) {
        List<RecordHeader> headers = new ArrayList<>(record.headers().length);
        for (Header header : record.headers()) {
            headers.add(new RecordHeader(header.key(),
                    Optional.ofNullable(header.value()).map(ByteBuffer::wrap)));
        }
        return new StoredRecord(record.offset(), new LogRecord(record.timestamp(),
                Optional.ofNullable(record.key()), Optional.ofNullable(record.value()), headers));
    }
}
