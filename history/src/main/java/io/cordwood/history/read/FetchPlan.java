package io.cordwood.history.read;

import io.cordwood.history.file.Column;
import io.cordwood.history.rows.RowSpan;
import io.cordwood.history.rows.Rows;
import java.io.IOException;
import java.util.Optional;

/** Decides which rows answer a fetch. */
final class FetchPlan {

    private FetchPlan() {}

    /**
     * Rows that begin no later than the first record from an offset on, and have about so many
     * bytes from there on: more than that only to the end of a page of values, and less where the
     * row group ends. Empty if there is no such record.
     */
    static Optional<ReadPlan> of(HistoryTail tail, long fromOffset, int bytesMax)
            throws IOException {
        Optional<Seek> found = Seek.of(tail, fromOffset);
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Seek seek = found.get();
        RowSpan rows = new RowSpan(seek.earliestRow(), end(tail, seek, bytesMax));
        return Optional.of(ReadPlan.of(tail, seek.rowGroup(), rows, Rows.COLUMNS));
    }

    private static int end(HistoryTail tail, Seek seek, int bytesMax) throws IOException {
        PageList values = tail.pages(seek.rowGroup(), Column.VALUE);
        long bytesBeside = tail.rowGroup(seek.rowGroup()).bytesBesideValue();
        int page = values.pageOf(seek.latestRow());
        int row = seek.latestRow();
        long bytes = 0;
        do {
            RowSpan onPage = values.rows(page);
            int rows = onPage.end() - row;
            bytes += values.stringBytes(page) * rows / onPage.size() + rows * bytesBeside;
            row = onPage.end();
            page++;
        } while (bytes < bytesMax && page < values.count());
        return row;
    }
}
