package io.cordwood.history.read;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import org.apache.parquet.format.ColumnIndex;

/** The smallest and the largest number on each data page of a column. */
final class PageBounds {

    private final ColumnIndex index;

    PageBounds(ColumnIndex index) {
        this.index = index;
    }

    /** Whether a page holds no number at all. */
    boolean isEmpty(int page) {
        return index.getNull_pages().get(page);
    }

    /** The smallest on a page that is not empty. */
    long min(int page) {
        return number(index.getMin_values(), page);
    }

    /** The largest on a page that is not empty. */
    long max(int page) {
        return number(index.getMax_values(), page);
    }

    private static long number(List<ByteBuffer> numbers, int page) {
        ByteBuffer bytes = numbers.get(page);
        return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN).getLong(bytes.position());
    }
}
