package io.cordwood.history.rows;

import io.cordwood.history.file.Column;
import io.cordwood.history.file.Damage;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.parquet.format.Encoding;

/**
 * Stored pages of a column of a row group.
 *
 * @param values how many the column has in the whole row group, absent ones among them
 * @param encodings those that its data pages have: a page that claims another is damaged
 * @param dictionary the dictionary page, if it has one
 * @param pages consecutive data pages
 */
public record StoredColumn(Column column, long values, Set<Encoding> encodings,
        Optional<ByteBuffer> dictionary, List<StoredPage> pages) {

    public StoredColumn {
        encodings = Set.copyOf(encodings);
        pages = List.copyOf(pages);
    }

    /** Checks that rows are on the pages. */
    void checkHolds(RowSpan span) {
        int next = span.first();
        for (StoredPage page : pages) {
            next = page.rows().holds(next) ? page.rows().end() : next;
        }
        Damage.check(next >= span.end(), "no page holds row " + next);
    }
}
