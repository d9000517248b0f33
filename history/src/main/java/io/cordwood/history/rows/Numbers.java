package io.cordwood.history.rows;

import io.cordwood.history.file.Column;
import io.cordwood.history.file.Damage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;

/** Unpacks a column of numbers that has one for each row, or none. */
final class Numbers {

    /** What stands for a number that is not there: no such number is written. */
    static final long ABSENT = -1;

    private static final Set<Column> WIDE = Set.of(Column.OFFSET, Column.TIMESTAMP,
            Column.PRODUCER_ID);

    private final boolean wide;
    private final boolean optional;
    private final RowSpan span;
    private final long[] numbers;
    private final long[] dictionary;

    private Numbers(StoredColumn stored, RowSpan span) throws IOException {
        this.wide = WIDE.contains(stored.column());
        this.optional = stored.column() == Column.TIMESTAMP;
        this.span = span;
        this.numbers = new long[span.size()];
        this.dictionary = stored.dictionary().isPresent()
                ? dictionary(PackedPage.ofDictionary(stored.dictionary().get()))
                : new long[0];
    }

    /** The numbers of some rows, all of which must be on the pages. */
    static long[] read(StoredColumn stored, RowSpan span) throws IOException {
        stored.checkHolds(span);
        Numbers column = new Numbers(stored, span);
        for (StoredPage page : stored.pages()) {
            column.read(PackedPage.ofData(page.bytes(), stored.encodings()), page.rows());
        }
        return column.numbers;
    }

    private long[] dictionary(PackedPage page) {
        ByteBuffer content = content(page);
        checkSize(content, page.values());
        long[] values = new long[page.values()];
        for (int i = 0; i < values.length; i++) {
            values[i] = next(content);
        }
        return values;
    }

    private void read(PackedPage page, RowSpan rows) {
        Damage.check(page.values() == rows.size(), "a page holds " + page.values() + " values of "
                + rows.size() + " rows");
        ByteBuffer content = content(page);
        int[] present = optional ? Levels.read(content, 1, page.values()) : new int[0];
        int count = optional ? Levels.count(present, 1) : page.values();
        long[] values = values(page, content, count);
        int next = 0;
        for (int i = 0; i < rows.size(); i++) {
            long value = optional && present[i] == 0 ? ABSENT : values[next++];
            if (span.holds(rows.first() + i)) {
                numbers[rows.first() + i - span.first()] = value;
            }
        }
    }

    private long[] values(PackedPage page, ByteBuffer content, int count) {
        long[] values = new long[count];
        if (page.byDictionary()) {
            int[] ids = Levels.dictionaryIds(content, count);
            for (int i = 0; i < count; i++) {
                values[i] = dictionary[ids[i]];
            }
            return values;
        }
        checkSize(content, count);
        for (int i = 0; i < count; i++) {
            values[i] = next(content);
        }
        return values;
    }

    private void checkSize(ByteBuffer content, int count) {
        Damage.check(content.remaining() == (long) count * (wide ? Long.BYTES : Integer.BYTES),
                "a page holds another number of values than it says");
    }

    private long next(ByteBuffer content) {
        return wide ? content.getLong() : content.getInt();
    }

    private static ByteBuffer content(PackedPage page) {
        byte[] unpacked = new byte[page.unpackedSize()];
        page.unpackTo(unpacked, 0);
        return ByteBuffer.wrap(unpacked).order(ByteOrder.LITTLE_ENDIAN);
    }
}
