package io.cordwood.history.read;

import io.cordwood.history.rows.RowSpan;

/**
 * Rows of a row group that are read, unpacked and kept as one. Files are always cut in the same
 * way, so that readers at any offsets share them.
 */
record Piece(int rowGroup, RowSpan rows) {

    boolean holds(int group, int row) {
        return rowGroup == group && rows.holds(row);
    }
}
