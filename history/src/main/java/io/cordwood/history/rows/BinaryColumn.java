package io.cordwood.history.rows;

import io.cordwood.history.file.Column;
import io.cordwood.history.file.Damage;
import io.cordwood.history.file.HistorySchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A column of byte strings that is being unpacked: one for each row, or as many as the row has
 * headers. All pages are unpacked into one array, and the strings stay where they are in it.
 */
final class BinaryColumn {

    private final Form form;
    private final RowSpan span;
    private final byte[] bytes;
    private final int[] starts;
    private final int[] lengths;
    private final int[] rowStarts;
    private int[] dictionaryStarts = new int[0];
    private int[] dictionaryLengths = new int[0];
    private int unpacked;
    private int count;

    private BinaryColumn(Form form, RowSpan span, int size, int values) {
        this.form = form;
        this.span = span;
        this.bytes = new byte[size];
        this.starts = new int[values];
        this.lengths = new int[values];
        this.rowStarts = new int[span.size() + 1];
    }

    /** Unpacks the strings of some rows, all of which must be on the pages. */
    static BinaryColumn read(StoredColumn stored, RowSpan span) throws IOException {
        stored.checkHolds(span);
        List<PackedPage> dictionary = new ArrayList<>();
        if (stored.dictionary().isPresent()) {
            dictionary.add(PackedPage.ofDictionary(stored.dictionary().get()));
        }
        List<PackedPage> pages = new ArrayList<>(stored.pages().size());
        long size = dictionary.stream().mapToLong(PackedPage::unpackedSize).sum();
        long values = 0;
        for (StoredPage page : stored.pages()) {
            PackedPage packed = PackedPage.ofData(page.bytes(), stored.encodings());
            pages.add(packed);
            size += packed.unpackedSize();
            values += packed.values();
        }
        Damage.check(values <= stored.values(), "pages hold more values than their column");
        BinaryColumn column = new BinaryColumn(Form.of(stored.column()), span,
                Math.toIntExact(size), Math.toIntExact(values));
        dictionary.forEach(column::readDictionary);
        for (int i = 0; i < pages.size(); i++) {
            column.read(pages.get(i), stored.pages().get(i).rows());
        }
        column.rowStarts[span.size()] = column.count;
        return column;
    }

    /** The strings. */
    Binaries binaries() {
        return new Binaries(bytes, Arrays.copyOf(starts, count), Arrays.copyOf(lengths, count));
    }

    /** The number of each row's first string, and of the string after the last row's last. */
    int[] rowStarts() {
        return rowStarts;
    }

    private void readDictionary(PackedPage page) {
        ByteBuffer content = content(page);
        dictionaryStarts = new int[Math.min(page.values(), content.remaining())];
        dictionaryLengths = new int[dictionaryStarts.length];
        for (int i = 0; i < dictionaryStarts.length; i++) {
            dictionaryLengths[i] = nextLength(content);
            dictionaryStarts[i] = content.position();
            content.position(content.position() + dictionaryLengths[i]);
        }
        Damage.check(!content.hasRemaining(), "a dictionary holds more values than it says");
    }

    private void read(PackedPage page, RowSpan rows) {
        ByteBuffer content = content(page);
        int[] repetitions = form.repeats
                ? Levels.read(content, 1, page.values())
                : new int[page.values()];
        int[] definitions = Levels.read(content, form.present, page.values());
        int[] ids = page.byDictionary()
                ? Levels.dictionaryIds(content, Levels.count(definitions, form.present))
                : new int[0];
        int row = rows.first() - 1;
        int present = 0;
        for (int i = 0; i < definitions.length; i++) {
            if (repetitions[i] == 0) {
                row++;
                beginRow(row);
            }
            Damage.check(rows.holds(row), "a page holds other rows than it should");
            int start = -1;
            int length = Binaries.ABSENT;
            if (definitions[i] == form.present && page.byDictionary()) {
                int id = ids[present++];
                length = dictionaryLengths[id];
                start = dictionaryStarts[id];
            } else if (definitions[i] == form.present) {
                length = nextLength(content);
                start = content.position();
                content.position(start + length);
            }
            if (definitions[i] >= form.entry && span.holds(row)) {
                starts[count] = start;
                lengths[count++] = length;
            }
        }
        Damage.check(row == rows.end() - 1 && !content.hasRemaining(),
                "a page holds something else than it says");
    }

    private void beginRow(int row) {
        if (span.holds(row)) {
            rowStarts[row - span.first()] = count;
        }
    }

    private static int nextLength(ByteBuffer content) {
        int length = content.getInt();
        Damage.check(length >= 0 && length <= content.remaining(), "a value is cut");
        return length;
    }

    /** The page's bytes, as they stand in the array of all. */
    private ByteBuffer content(PackedPage page) {
        page.unpackTo(bytes, unpacked);
        ByteBuffer content = ByteBuffer.wrap(bytes).position(unpacked)
                .limit(unpacked + page.unpackedSize()).order(ByteOrder.LITTLE_ENDIAN);
        unpacked += page.unpackedSize();
        return content;
    }

    /**
     * How strings are there or absent.
     *
     * @param repeats whether a row can have several, or none
     * @param entry the definition level from which on there is one, if only an absent one
     * @param present the definition level of one that is there
     */
    private record Form(boolean repeats, int entry, int present) {

        static Form of(Column column) {
            return switch (column) {
                case HEADER_KEY -> new Form(true, HistorySchema.HEADER_PRESENT,
                        HistorySchema.HEADER_PRESENT);
                case HEADER_VALUE -> new Form(true, HistorySchema.HEADER_PRESENT,
                        HistorySchema.HEADER_VALUE_PRESENT);
                case KEY, VALUE -> new Form(false, 0, 1);
                case PARTITION, OFFSET, TIMESTAMP, ATTRIBUTES, LEADER_EPOCH, PRODUCER_ID,
                        PRODUCER_EPOCH, SEQUENCE, ABORTED ->
                    throw new IllegalArgumentException(
                            "a column of numbers: " + column);
            };
        }
    }
}
