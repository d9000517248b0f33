package io.cordwood.history.rows;

import io.cordwood.history.file.Column;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * Records of consecutive rows, unpacked, all that is needed to serve them. Immutable, so that many
 * may share it: {@link #sizeBytes} is what it takes in memory.
 */
public final class Rows {

    /** The columns that must be there to read rows: the others are for other readers. */
    public static final List<Column> COLUMNS = List.of(Column.OFFSET, Column.TIMESTAMP,
            Column.ATTRIBUTES, Column.PRODUCER_ID, Column.PRODUCER_EPOCH, Column.SEQUENCE,
            Column.ABORTED, Column.KEY, Column.HEADER_KEY, Column.HEADER_VALUE, Column.VALUE);

    private final RowHeads heads;
    private final long[] producerIds;
    private final long[] producerEpochs;
    private final long[] sequences;
    private final long[] aborted;
    private final Binaries keys;
    private final Headers headers;
    private final Binaries values;
    private final long nextOffset;

    private Rows(Map<Column, StoredColumn> columns, RowSpan span, long nextOffset)
            throws IOException {
        this.heads = RowHeads.read(columns, span);
        this.producerIds = RowHeads.numbers(columns, Column.PRODUCER_ID, span);
        this.producerEpochs = RowHeads.numbers(columns, Column.PRODUCER_EPOCH, span);
        this.sequences = RowHeads.numbers(columns, Column.SEQUENCE, span);
        this.aborted = RowHeads.numbers(columns, Column.ABORTED, span);
        this.keys = binaries(columns, Column.KEY, span).binaries();
        this.headers = Headers.of(binaries(columns, Column.HEADER_KEY, span),
                binaries(columns, Column.HEADER_VALUE, span));
        this.values = binaries(columns, Column.VALUE, span).binaries();
        this.nextOffset = Math.max(nextOffset,
                span.size() == 0 ? 0 : heads.offset(span.size() - 1) + 1);
    }

    /**
     * Unpacks some rows.
     *
     * @param columns at least {@link #COLUMNS}
     * @param nextOffset the first offset that is known not to lie between these rows and the next:
     *        at the end of a file, the first that it no longer covers; else 0
     */
    public static Rows read(Map<Column, StoredColumn> columns, RowSpan span, long nextOffset)
            throws IOException {
        return new Rows(columns, span, nextOffset);
    }

    private static BinaryColumn binaries(Map<Column, StoredColumn> columns, Column column,
            RowSpan span) throws IOException {
        return BinaryColumn.read(RowHeads.stored(columns, column), span);
    }

    /** How many records there are. */
    public int count() {
        return heads.count();
    }

    /** Where and when the records are. */
    public RowHeads heads() {
        return heads;
    }

    /** -1 if a record is of no producer that is known. */
    public long producerId(int row) {
        return producerIds[row];
    }

    /** -1 if a record is of no producer that is known. */
    public short producerEpoch(int row) {
        return (short) producerEpochs[row];
    }

    /** -1 if a record has no place in the sequence of a producer. */
    public int sequence(int row) {
        return (int) sequences[row];
    }

    /** Whether a record is of a transaction that was aborted. */
    public boolean isAborted(int row) {
        return aborted[row] == 1;
    }

    public Binaries keys() {
        return keys;
    }

    public Headers headers() {
        return headers;
    }

    public Binaries values() {
        return values;
    }

    /** No record lies from the last of these to before this offset. */
    public long nextOffset() {
        return nextOffset;
    }

    /** What the rows take in memory, about. */
    public long sizeBytes() {
        return heads.sizeBytes() + 4L * Long.BYTES * count() + keys.sizeBytes()
                + headers.sizeBytes() + values.sizeBytes();
    }
}
