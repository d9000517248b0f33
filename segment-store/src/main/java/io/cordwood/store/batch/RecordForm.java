package io.cordwood.store.batch;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.kafka.common.record.internal.DefaultRecord;
import org.apache.kafka.common.utils.ByteUtils;
import org.apache.kafka.common.utils.Utils;

/**
 * The form that records have in a batch of message format 2, one after the other.
 *
 * <pre>
 *  +--------+------------+------------+--------+--------+-----+--------+-------+--------+---------
 *  | length | attributes | timestamp  | offset | key    | key | value  | value | header | headers
 *  |        | = 0        | delta      | delta  | length |     | length |       | count  | ...
 *  +--------+------------+------------+--------+--------+-----+--------+-------+--------+---------
 *
 *  a header:
 *  +--------+------+--------+-------+
 *  | name   | name | value  | value |
 *  | length |      | length |       |
 *  +--------+------+--------+-------+
 * </pre>
 *
 * Numbers are varints, but for the attributes, which are a byte. {@code length} counts the bytes
 * after itself; the length of what is absent is -1. Deltas count from the batch's first record.
 * Kafka's own class writes the same, one byte after the other and each under a lock.
 *
 * @see <a href="https://kafka.apache.org/documentation/#record">Kafka: record</a>
 */
final class RecordForm {

    private static final int ABSENT = -1;
    private static final byte NO_ATTRIBUTES = 0;

    private RecordForm() {}

    /** The bytes of a record wherever it stands in its batch: no fewer, and a few more. */
    static int sizeMax(LogRecord record) {
        return DefaultRecord.MAX_RECORD_OVERHEAD + contentSize(record);
    }

    /** The bytes of a record at its place in a batch. */
    static int size(LogRecord record, long timestampDelta, int offsetDelta) {
        int body = bodySize(record, timestampDelta, offsetDelta);
        return ByteUtils.sizeOfVarint(body) + body;
    }

    /** Appends a record at its place in a batch. */
    static void write(LogRecord record, long timestampDelta, int offsetDelta, ByteBuffer out) {
        ByteUtils.writeVarint(bodySize(record, timestampDelta, offsetDelta), out);
        out.put(NO_ATTRIBUTES);
        ByteUtils.writeVarlong(timestampDelta, out);
        ByteUtils.writeVarint(offsetDelta, out);
        write(record.key(), out);
        write(record.value(), out);
        ByteUtils.writeVarint(record.headers().size(), out);
        for (RecordHeader header : record.headers()) {
            write(Optional.of(StandardCharsets.UTF_8.encode(header.key())), out);
            write(header.value(), out);
        }
    }

    private static int bodySize(LogRecord record, long timestampDelta, int offsetDelta) {
        return Byte.BYTES + ByteUtils.sizeOfVarlong(timestampDelta)
                + ByteUtils.sizeOfVarint(offsetDelta) + contentSize(record);
    }

    /** The bytes of key, value and headers, with their lengths. */
    private static int contentSize(LogRecord record) {
        int size = size(record.key()) + size(record.value())
                + ByteUtils.sizeOfVarint(record.headers().size());
        for (RecordHeader header : record.headers()) {
            int name = Utils.utf8Length(header.key());
            size += ByteUtils.sizeOfVarint(name) + name + size(header.value());
        }
        return size;
    }

    private static int size(Optional<ByteBuffer> bytes) {
        if (bytes.isEmpty()) {
            return ByteUtils.sizeOfVarint(ABSENT);
        }
        int length = bytes.get().remaining();
        return ByteUtils.sizeOfVarint(length) + length;
    }

    private static void write(Optional<ByteBuffer> bytes, ByteBuffer out) {
        if (bytes.isEmpty()) {
            ByteUtils.writeVarint(ABSENT, out);
            return;
        }
        ByteBuffer content = bytes.get();
        ByteUtils.writeVarint(content.remaining(), out);
        out.put(out.position(), content, content.position(), content.remaining());
        out.position(out.position() + content.remaining());
    }
}
