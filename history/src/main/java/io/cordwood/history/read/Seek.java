package io.cordwood.history.read;

import io.cordwood.history.file.Column;
import io.cordwood.history.rows.RowSpan;
import java.io.IOException;
import java.util.Optional;

/**
 * Where the first record at an offset or after it is: in a row group, not before one row and not
 * after another. The page index gives both. They are the same unless records of the page are
 * missing, and never further apart than a page is long.
 */
record Seek(int rowGroup, int earliestRow, int latestRow) {

    /** Looks for the record; empty if there is none. */
    static Optional<Seek> of(HistoryTail tail, long offset) throws IOException {
        for (int rowGroup = 0; rowGroup < tail.rowGroups(); rowGroup++) {
            if (tail.rowGroup(rowGroup).lastOffset() >= offset) {
                PageBounds bounds = tail.bounds(rowGroup, Column.OFFSET);
                PageList pages = tail.pages(rowGroup, Column.OFFSET);
                int page = firstThatReaches(offset, bounds, pages.count());
                return Optional.of(inPage(rowGroup, pages.rows(page), bounds.min(page),
                        bounds.max(page), offset));
            }
        }
        return Optional.empty();
    }

    private static int firstThatReaches(long offset, PageBounds bounds, int pages) {
        int low = 0;
        int high = pages - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (bounds.max(middle) < offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static Seek inPage(int rowGroup, RowSpan rows, long min, long max, long offset) {
        if (offset <= min) {
            return new Seek(rowGroup, rows.first(), rows.first());
        }
        int last = rows.end() - 1;
        long latest = Math.min(last, rows.first() + (offset - min));
        long earliest = Math.max(rows.first(), last - (max - offset));
        return new Seek(rowGroup, (int) earliest, (int) latest);
    }
}
