package io.cordwood.history.read;

import io.cordwood.history.file.Column;
import io.cordwood.history.rows.RowSpan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Rows whose timestamps are on one page.
 *
 * @param maxTimestampMillis no record among them is later
 */
record TimePage(int rowGroup, RowSpan rows, long maxTimestampMillis) {

    private static final long MICROS_PER_MILLI = 1_000;

    /** All pages that may hold a record with a timestamp from an offset on, in order. */
    static List<TimePage> from(HistoryTail tail, long fromOffset) throws IOException {
        Optional<Seek> start = Seek.of(tail, fromOffset);
        if (start.isEmpty()) {
            return List.of();
        }
        List<TimePage> all = new ArrayList<>();
        for (int i = start.get().rowGroup(); i < tail.rowGroups(); i++) {
            int firstRow = i == start.get().rowGroup() ? start.get().earliestRow() : 0;
            add(tail, i, firstRow, all);
        }
        return all;
    }

    /** Whether its rows come before those of another. */
    boolean isBefore(TimePage other) {
        return rowGroup < other.rowGroup
                || (rowGroup == other.rowGroup && rows.first() < other.rows.first());
    }

    private static void add(HistoryTail tail, int rowGroup, int firstRow, List<TimePage> all)
            throws IOException {
        PageList pages = tail.pages(rowGroup, Column.TIMESTAMP);
        PageBounds bounds = tail.bounds(rowGroup, Column.TIMESTAMP);
        for (int page = pages.pageOf(firstRow); page < pages.count(); page++) {
            if (!bounds.isEmpty(page)) {
                all.add(new TimePage(rowGroup, pages.rows(page),
                        bounds.max(page) / MICROS_PER_MILLI));
            }
        }
    }
}
