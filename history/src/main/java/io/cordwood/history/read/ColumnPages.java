package io.cordwood.history.read;

import io.cordwood.history.file.Column;
import io.cordwood.history.rows.RowSpan;
import io.cordwood.history.rows.StoredColumn;
import io.cordwood.history.rows.StoredPage;
import io.cordwood.store.object.ByteRange;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The pages of a column that hold some rows.
 *
 * @param place the column's
 * @param pages all pages of the column
 * @param first the number of the first page that is wanted
 * @param end the number of the page after the last
 */
record ColumnPages(Column column, ColumnPlace place, PageList pages, int first, int end) {

    static ColumnPages of(HistoryTail tail, int rowGroup, Column column, RowSpan rows)
            throws IOException {
        PageList pages = tail.pages(rowGroup, column);
        return new ColumnPages(column, tail.rowGroup(rowGroup).column(column), pages,
                pages.pageOf(rows.first()), pages.pageOf(rows.end() - 1) + 1);
    }

    /** Where they are, and where the dictionary is, if there is one. */
    List<ByteRange> places() {
        List<ByteRange> places = new ArrayList<>();
        place.dictionary().ifPresent(places::add);
        for (int page = first; page < end; page++) {
            places.add(pages.place(page));
        }
        return places;
    }

    /** The pages with their bytes. */
    StoredColumn stored(Function<ByteRange, ByteBuffer> bytes) {
        List<StoredPage> stored = new ArrayList<>(end - first);
        for (int page = first; page < end; page++) {
            stored.add(new StoredPage(bytes.apply(pages.place(page)), pages.rows(page)));
        }
        Optional<ByteBuffer> dictionary = place.dictionary().map(bytes);
        return new StoredColumn(column, place.values(), place.encodings(), dictionary, stored);
    }
}
