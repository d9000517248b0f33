package io.cordwood.history.read;

import io.cordwood.history.file.Damage;
import io.cordwood.history.rows.RowSpan;
import io.cordwood.store.object.ByteRange;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;

/** The data pages of a column of a row group: where each is, and which rows are on it. */
final class PageList {

    private final List<PageLocation> pages;
    private final List<Long> stringBytes;
    private final int rows;

    private PageList(List<PageLocation> pages, List<Long> stringBytes, int rows) {
        this.pages = pages;
        this.stringBytes = stringBytes;
        this.rows = rows;
    }

    /**
     * What an offset index says.
     *
     * @param rows how many the row group has
     */
    static PageList of(OffsetIndex index, int rows) {
        List<PageLocation> pages = Damage.present(index.getPage_locations(), "list of pages");
        Damage.check(!pages.isEmpty(), "a column has no pages");
        return new PageList(pages, Optional
                .ofNullable(index.getUnencoded_byte_array_data_bytes()).orElse(List.of()), rows);
    }

    int count() {
        return pages.size();
    }

    ByteRange place(int page) {
        PageLocation location = pages.get(page);
        return new ByteRange(location.getOffset(), location.getCompressed_page_size());
    }

    RowSpan rows(int page) {
        int end = page + 1 < pages.size() ? first(page + 1) : rows;
        return new RowSpan(first(page), end);
    }

    /** The page that a row is on. */
    int pageOf(int row) {
        int low = 0;
        int high = pages.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (first(middle) <= row) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** How many bytes the byte strings on a page have. */
    long stringBytes(int page) {
        return stringBytes.get(page);
    }

    private int first(int page) {
        return Math.toIntExact(pages.get(page).getFirst_row_index());
    }
}
