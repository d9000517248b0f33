package io.cordwood.history.batch;

import io.cordwood.history.rows.Binaries;
import io.cordwood.history.rows.Headers;
import io.cordwood.history.rows.Rows;

/**
 * A record at its place in a batch, in the form that records have there.
 *
 * <pre>
 *  +--------+------------+------------+--------+--------+-----+--------+-------+--------+---------
 *  | length | attributes | timestamp  | offset | key    | key | value  | value | header | headers
 *  |        | = 0        | delta      | delta  | length |     | length |       | count  | ...
 *  +--------+------------+------------+--------+--------+-----+--------+-------+--------+---------
 * </pre>
 *
 * A header is the length of its name, its name, the length of its value, its value. Numbers are
 * varints, but for the attributes, which are a byte. {@code length} counts the bytes after itself;
 * the length of what is absent is -1. Deltas count from the batch's first record.
 *
 * @param timestampDelta from the batch's first record, in milliseconds
 * @param offsetDelta from the batch's first record
 * @see <a href="https://kafka.apache.org/documentation/#record">Kafka: record</a>
 */
record RecordBody(Rows rows, int row, long timestampDelta, long offsetDelta) {

    private static final byte NO_ATTRIBUTES = 0;

    /** The bytes of the record without its length. */
    int size() {
        Headers headers = rows.headers();
        int size = 1 + BatchOutput.sizeOfVarint(timestampDelta)
                + BatchOutput.sizeOfVarint(offsetDelta) + size(rows.keys(), row)
                + size(rows.values(), row)
                + BatchOutput.sizeOfVarint(headers.end(row) - headers.first(row));
        for (int i = headers.first(row); i < headers.end(row); i++) {
            size = Math.addExact(size, size(headers.keys(), i) + size(headers.values(), i));
        }
        return size;
    }

    /** Appends the record, of which the size is known. */
    void appendTo(BatchOutput out, int size) {
        Headers headers = rows.headers();
        out.reserve(Math.addExact(size, BatchOutput.VARINT_SIZE_MAX));
        out.appendVarint(size);
        out.append(NO_ATTRIBUTES);
        out.appendVarint(timestampDelta);
        out.appendVarint(offsetDelta);
        append(rows.keys(), row, out);
        append(rows.values(), row, out);
        out.appendVarint(headers.end(row) - headers.first(row));
        for (int i = headers.first(row); i < headers.end(row); i++) {
            append(headers.keys(), i, out);
            append(headers.values(), i, out);
        }
    }

    private static int size(Binaries binaries, int index) {
        int length = binaries.length(index);
        return BatchOutput.sizeOfVarint(length) + Math.max(length, 0);
    }

    private static void append(Binaries binaries, int index, BatchOutput out) {
        int length = binaries.length(index);
        out.appendVarint(length);
        if (length > 0) {
            out.append(binaries.bytes(), binaries.start(index), length);
        }
    }
}
