package io.cordwood.history.rows;

import io.cordwood.history.file.Column;
import io.cordwood.history.file.Damage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.BitSet;
import java.util.Set;

/** Unpacks a column of numbers that has one for each row, or none; yes is 1, and no is 0. */
final class Numbers {

    /** What stands for a number that is not there: no such number is written. */
    static final long ABSENT = -1;

    private static final Set<Column> WIDE = Set.of(Column.OFFSET, Column.TIMESTAMP,
            Column.PRODUCER_ID);

    private final int bitWidth;
    private final boolean optional;
    private final RowSpan span;
    private final long[] numbers;
    private final long[] dictionary;

    private Numbers(StoredColumn stored, RowSpan span) throws IOException {
        this.bitWidth = bitWidth(stored.column());
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

    private static int bitWidth(Column column) {
        if (column == Column.ABORTED) {
            return 1;
        }
        return WIDE.contains(column) ? Long.SIZE : Integer.SIZE;
    }

    private long[] dictionary(PackedPage page) {
        return plain(content(page), page.values());
    }

    private void read(PackedPage page, RowSpan rows) {
        Damage.check(page.values() == rows.size(), "a page holds other rows than it should");
        ByteBuffer content = content(page);
        long[] values = optional
                ? withAbsent(page, content)
                : values(page, content, page.values());
        RowSpan wanted = rows.intersect(span);
        System.arraycopy(values, wanted.first() - rows.first(), numbers,
                wanted.first() - span.first(), wanted.size());
    }

    private long[] withAbsent(PackedPage page, ByteBuffer content) {
        int[] present = Levels.read(content, 1, page.values());
        long[] values = values(page, content, Levels.count(present, 1));
        long[] all = new long[present.length];
        int next = 0;
        for (int i = 0; i < all.length; i++) {
            all[i] = present[i] == 1 ? values[next++] : ABSENT;
        }
        return all;
    }

    private long[] values(PackedPage page, ByteBuffer content, int count) {
        if (!page.byDictionary()) {
            return plain(content, count);
        }
        int[] ids = Levels.dictionaryIds(content, count);
        long[] values = new long[count];
        for (int i = 0; i < count; i++) {
            values[i] = dictionary[ids[i]];
        }
        return values;
    }

    private long[] plain(ByteBuffer content, int count) {
        Damage.check(content.remaining() == Math.ceilDiv((long) count * bitWidth, Byte.SIZE),
                "a page holds another number of values than it says");
        long[] values = new long[count];
        if (bitWidth == Long.SIZE) {
            content.asLongBuffer().get(values);
        } else if (bitWidth == 1) {
            BitSet.valueOf(content).stream().forEach(i -> values[i] = 1);
        } else {
            for (int i = 0; i < count; i++) {
                values[i] = content.getInt();
            }
        }
        return values;
    }

    private static ByteBuffer content(PackedPage page) {
        byte[] unpacked = new byte[page.unpackedSize()];
        page.unpackTo(unpacked, 0);
        return ByteBuffer.wrap(unpacked).order(ByteOrder.LITTLE_ENDIAN);
    }
}
