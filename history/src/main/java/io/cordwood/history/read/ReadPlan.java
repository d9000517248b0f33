package io.cordwood.history.read;

import io.cordwood.history.file.Column;
import io.cordwood.history.rows.RowSpan;
import io.cordwood.store.object.ByteRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What to read for some rows of a row group.
 *
 * @param columns the pages of each column that are wanted
 * @param ranges stretches of the file that hold all of these pages, ascending
 */
record ReadPlan(Map<Column, ColumnPages> columns, List<ByteRange> ranges) {

    /** Stretches that are closer are read as one: a request costs more than these bytes. */
    private static final int GAP_MAX = 1 << 20;

    /** Plans to read columns of rows, of which there is at least one. */
    static ReadPlan of(HistoryTail tail, int rowGroup, RowSpan rows, Collection<Column> wanted)
            throws IOException {
        Map<Column, ColumnPages> columns = new EnumMap<>(Column.class);
        List<ByteRange> places = new ArrayList<>();
        for (Column column : wanted) {
            ColumnPages pages = ColumnPages.of(tail, rowGroup, column, rows);
            columns.put(column, pages);
            places.addAll(pages.places());
        }
        return new ReadPlan(columns, merged(places));
    }

    private static List<ByteRange> merged(List<ByteRange> places) {
        places.sort(Comparator.comparingLong(ByteRange::position));
        List<ByteRange> merged = new ArrayList<>();
        for (ByteRange place : places) {
            if (merged.isEmpty() || place.position() - merged.getLast().end() > GAP_MAX) {
                merged.add(place);
            } else {
                long position = merged.getLast().position();
                long end = Math.max(merged.removeLast().end(), place.end());
                merged.add(new ByteRange(position, Math.toIntExact(end - position)));
            }
        }
        return merged;
    }
}
