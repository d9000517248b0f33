package io.cordwood.history.read;

import io.cordwood.history.rows.RowSpan;
import io.cordwood.history.rows.Rows;
import io.cordwood.store.object.ByteRange;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where in a file the records between two offsets are. */
final class AheadRanges {

    private AheadRanges() {}

    /** Stretches of the file that hold all records from an offset on, before another. */
    static List<ByteRange> of(HistoryTail tail, long fromOffset, long endOffset)
            throws IOException {
        List<ByteRange> ranges = new ArrayList<>();
        Optional<Seek> from = Seek.of(tail, fromOffset);
        if (from.isPresent()) {
            Seek last = Seek.of(tail, endOffset).orElse(endOf(tail));
            int first = from.get().earliestRow();
            for (int group = from.get().rowGroup(); group <= last.rowGroup(); group++) {
                int end = group == last.rowGroup()
                        ? last.latestRow()
                        : tail.rowGroup(group).rows();
                if (first < end) {
                    ranges.addAll(ReadPlan.of(tail, group, new RowSpan(first, end), Rows.COLUMNS)
                            .ranges());
                }
                first = 0;
            }
        }
        return ranges;
    }

    private static Seek endOf(HistoryTail tail) {
        int group = tail.rowGroups() - 1;
        int rows = tail.rowGroup(group).rows();
        return new Seek(group, rows, rows);
    }
}
