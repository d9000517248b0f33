package io.cordwood.server.log;

import io.cordwood.runtime.RejectedException;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.StoredRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** The records of one partition. Each is a batch of its own. Guarded by the log that has it. */
final class MemoryPartition {

    private final List<StoredRecord> records = new ArrayList<>();
    private long start;
    private long end;

    long append(LogRecord record, long nowMillis) {
        long timestamp = record.timestampMillis() == LogRecord.NO_TIMESTAMP
                ? nowMillis
                : record.timestampMillis();
        records.add(new StoredRecord(end, new LogRecord(timestamp, record.key().map(this::copy),
                record.value().map(this::copy), record.headers())));
        return end++;
    }

    /** Leaves offsets out that no record gets, as an aborted transaction does. */
    void leaveGap(long offsets) {
        end += offsets;
    }

    void trim(long newStart) {
        start = newStart;
        records.removeIf(record -> record.offset() < newStart);
    }

    OffsetRange range() {
        return new OffsetRange(start, end);
    }

    RecordPage read(ReadRequest request) {
        if (request.offset() < start || request.offset() > end) {
            throw new RejectedException(RejectedException.Reason.OFFSET_OUT_OF_RANGE,
                    "the partition has the offsets " + start + " to " + end + ", not "
                            + request.offset());
        }
        List<StoredRecord> page = new ArrayList<>();
        long bytes = 0;
        for (StoredRecord record : records) {
            if (record.offset() >= request.offset()) {
                bytes += size(record);
                if (!page.isEmpty() && bytes > request.bytesMax()) {
                    return new RecordPage(page, record.offset(), range());
                }
                page.add(record);
            }
        }
        return new RecordPage(page, end, range());
    }

    OptionalLong offsetAt(long timestampMillis) {
        return records.stream()
                .filter(record -> record.record().timestampMillis() >= timestampMillis)
                .mapToLong(StoredRecord::offset).findFirst();
    }

    static int size(StoredRecord record) {
        return record.record().key().map(ByteBuffer::remaining).orElse(0)
                + record.record().value().map(ByteBuffer::remaining).orElse(0);
    }

    /** Buffers are views of the request, which is gone when its room was given back. */
    private ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip()
                .asReadOnlyBuffer();
    }
}
