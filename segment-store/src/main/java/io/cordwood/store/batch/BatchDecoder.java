package io.cordwood.store.batch;

import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.RejectedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;

/**
 * Unpacks stored batches into records, checking each batch's checksum on the way. The records of a
 * batch that is not compressed are views of it.
 */
public final class BatchDecoder {

    private BatchDecoder() {}

    /**
     * The records of a buffer of whole batches, in order, from an offset on.
     *
     * @throws CorruptException when a batch is not what was stored
     */
    public static List<StoredRecord> records(ByteBuffer batches, long fromOffset) {
        return records(batches, fromOffset, TransactionFilter.NONE_ABORTED);
    }

    /**
     * The same, without those of aborted transactions.
     *
     * @throws CorruptException when a batch is not what was stored
     */
    public static List<StoredRecord> records(ByteBuffer batches, long fromOffset,
            TransactionFilter filter) {
        List<StoredRecord> records = new ArrayList<>();
        ByteBuffer rest = batches.slice();
        try {
            for (RecordBatch batch : MemoryRecords.readableRecords(rest.duplicate()).batches()) {
                DefaultRecordBatch checked = checked(batch);
                if (!checked.isControlBatch() && !isAborted(checked, filter)) {
                    records.addAll(records(checked, rest, fromOffset));
                }
                rest.position(rest.position() + batch.sizeInBytes());
            }
        } catch (KafkaException | RejectedException | IllegalArgumentException
                | IOException damaged) {
            throw new CorruptException("a stored batch is damaged: " + damaged.getMessage(),
                    damaged);
        }
        if (rest.hasRemaining()) {
            throw new CorruptException("a stored batch is cut: " + rest.position() + " of "
                    + batches.remaining() + " bytes are whole batches");
        }
        return records;
    }

    private static boolean isAborted(DefaultRecordBatch batch, TransactionFilter filter) {
        return batch.isTransactional()
                && filter.isAborted(batch.producerId(), batch.baseOffset());
    }

    private static DefaultRecordBatch checked(RecordBatch batch) {
        if (!(batch instanceof DefaultRecordBatch current)) {
            throw new CorruptException("a stored batch is damaged: it is not of message format 2");
        }
        current.ensureValid();
        return current;
    }

    private static List<StoredRecord> records(DefaultRecordBatch batch, ByteBuffer bytes,
            long fromOffset) throws IOException {
        List<StoredRecord> records = new ArrayList<>();
        if (!batch.isCompressed()) {
            batch.forEach(record -> add(record, fromOffset, records));
            return records;
        }
        ByteBuffer packed = bytes.slice(bytes.position() + BatchHeader.SIZE,
                batch.sizeInBytes() - BatchHeader.SIZE);
        try (RecordStream stream = RecordStream.of(batch, packed,
                BatchLimits.STANDARD.unpackedSizeMax())) {
            for (int i = 0; i < batch.countOrNull(); i++) {
                add(stream.next(byte[]::new), fromOffset, records);
            }
            stream.end();
        }
        return records;
    }

    private static void add(Record record, long fromOffset, List<StoredRecord> records) {
        if (record.offset() >= fromOffset) {
            records.add(stored(record));
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
