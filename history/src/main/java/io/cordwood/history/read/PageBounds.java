package io.cordwood.history.read;

import io.cordwood.history.file.Damage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.parquet.format.ColumnIndex;

/** The smallest and the largest number on each data page of a column. */
final class PageBounds {

    private final List<Boolean> empty;
    private final List<ByteBuffer> mins;
    private final List<ByteBuffer> maxs;

    PageBounds(ColumnIndex index) {
        this.empty = Damage.present(index.getNull_pages(), "list of empty pages");
        this.mins = Damage.present(index.getMin_values(), "smallest numbers");
        this.maxs = Damage.present(index.getMax_values(), "largest numbers");
    }

    /** Whether a page holds no number at all. */
    boolean isEmpty(int page) {
        return empty.get(page);
    }

    /** The smallest on a page that is not empty. */
    long min(int page) {
        return number(mins.get(page));
    }

    /** The largest on a page that is not empty. */
    long max(int page) {
        return number(maxs.get(page));
    }

    private static long number(ByteBuffer bytes) {
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).getLong(bytes.position());
    }
}
