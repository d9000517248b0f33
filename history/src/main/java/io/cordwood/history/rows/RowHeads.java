package io.cordwood.history.rows;

import io.cordwood.history.file.Column;
import io.cordwood.history.file.Damage;
import io.cordwood.history.file.RecordAttributes;
import io.cordwood.store.batch.LogRecord;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Where and when records of consecutive rows are: their offsets, times and attributes. */
public final class RowHeads {

    /** The columns that must be there to read them. */
    public static final List<Column> COLUMNS = List.of(Column.OFFSET, Column.TIMESTAMP,
            Column.ATTRIBUTES);

    private static final long MICROS_PER_MILLI = 1_000;

    private final long[] offsets;
    private final long[] timestampsMillis;
    private final long[] attributes;

    private RowHeads(long[] offsets, long[] timestampsMillis, long[] attributes) {
        this.offsets = offsets;
        this.timestampsMillis = timestampsMillis;
        this.attributes = attributes;
    }

    /** Unpacks the heads of some rows. */
    public static RowHeads read(Map<Column, StoredColumn> columns, RowSpan span)
            throws IOException {
        long[] timestamps = numbers(columns, Column.TIMESTAMP, span);
        for (int i = 0; i < timestamps.length; i++) {
            timestamps[i] = timestamps[i] == Numbers.ABSENT
                    ? LogRecord.NO_TIMESTAMP
                    : timestamps[i] / MICROS_PER_MILLI;
        }
        RowHeads heads = new RowHeads(numbers(columns, Column.OFFSET, span), timestamps,
                numbers(columns, Column.ATTRIBUTES, span));
        heads.check();
        return heads;
    }

    static long[] numbers(Map<Column, StoredColumn> columns, Column column, RowSpan span)
            throws IOException {
        return Numbers.read(stored(columns, column), span);
    }

    static StoredColumn stored(Map<Column, StoredColumn> columns, Column column) {
        return Optional.ofNullable(columns.get(column)).orElseThrow();
    }

    private void check() {
        for (int i = 0; i < offsets.length; i++) {
            Damage.check(i == 0 ? offsets[0] >= 0 : offsets[i] > offsets[i - 1],
                    "offsets do not ascend");
            Damage.check(LogRecord.timestampIsValid(timestampsMillis[i]),
                    "a record has a time that none can have");
            Damage.check(RecordAttributes.areKept(attributes[i]),
                    "a record has attributes that none can have");
        }
    }

    /** How many rows there are. */
    public int count() {
        return offsets.length;
    }

    public long offset(int row) {
        return offsets[row];
    }

    /** In milliseconds since 1970 (UTC); {@link LogRecord#NO_TIMESTAMP} if there is none. */
    public long timestampMillis(int row) {
        return timestampsMillis[row];
    }

    /** See {@link RecordAttributes}. */
    public int attributes(int row) {
        return (int) attributes[row];
    }

    /** The first row at an offset or after it; the number of rows if there is none. */
    public int firstAt(long offset) {
        int low = 0;
        int high = offsets.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (offsets[middle] < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    long sizeBytes() {
        return 3L * Long.BYTES * offsets.length;
    }
}
