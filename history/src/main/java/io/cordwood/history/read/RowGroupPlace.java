package io.cordwood.history.read;

import io.cordwood.history.file.Column;
import java.util.Map;
import java.util.Optional;

/**
 * Where the columns of a row group are, as the footer says.
 *
 * @param rows how many records it has: at least one
 * @param lastOffset of its last record
 */
record RowGroupPlace(int rows, long lastOffset, Map<Column, ColumnPlace> columns) {

    /** The lengths, deltas and counts of a record, about. */
    private static final int RECORD_OVERHEAD = 10;

    RowGroupPlace {
        columns = Map.copyOf(columns);
    }

    ColumnPlace column(Column column) {
        return Optional.ofNullable(columns.get(column)).orElseThrow();
    }

    /** What a record takes in a batch besides its value, on average, in bytes. */
    long bytesBesideValue() {
        long strings = column(Column.KEY).stringBytes() + column(Column.HEADER_KEY).stringBytes()
                + column(Column.HEADER_VALUE).stringBytes();
        return RECORD_OVERHEAD + strings / rows;
    }
}
