package io.cordwood.history.read;

import io.cordwood.history.file.Column;
import io.cordwood.history.file.Damage;
import io.cordwood.history.file.FooterFacts;
import io.cordwood.history.file.HistoryFile;
import io.cordwood.history.file.StoredHistory;
import io.cordwood.store.batch.AbortedTransaction;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.KeyValue;
import org.apache.parquet.format.Util;

/**
 * The tail of a history file: the footer, parsed, and the page indexes, parsed when asked for. All
 * that must be known to read any record of the file. Immutable.
 */
public final class HistoryTail {

    /** PAR1, little-endian. */
    private static final int MAGIC = 0x31524150;
    private static final int END_SIZE = 2 * Integer.BYTES;

    private final StoredHistory stored;
    private final ByteBuffer bytes;
    private final List<RowGroupPlace> rowGroups;
    private final List<AbortedTransaction> aborted;
    private final Pieces pieces;

    private HistoryTail(StoredHistory stored, ByteBuffer bytes, FileMetaData footer)
            throws IOException {
        this.stored = stored;
        this.bytes = bytes;
        this.rowGroups = List.copyOf(FooterParser.rowGroups(footer));
        this.aborted = List.copyOf(FooterFacts.aborted(keyValues(footer)));
        this.pieces = Pieces.of(this);
    }

    /**
     * Parses a tail.
     *
     * @param bytes from the tail's position to the end of the file
     * @throws io.cordwood.runtime.CorruptException when it is not what was written
     */
    static HistoryTail parse(StoredHistory stored, ByteBuffer bytes) {
        return Damage.told(stored, () -> {
            HistoryFile file = stored.file();
            Damage.check(bytes.remaining() == file.shape().tail().length()
                    && Bytes.of(bytes).crc32c() == file.shape().tailCrc(),
                    "its tail has a wrong length or checksum");
            HistoryTail tail = new HistoryTail(stored, bytes.slice(), footer(bytes.slice()));
            Damage.check(
                    tail.rowGroups.stream().mapToLong(RowGroupPlace::rows).sum() == file.records(),
                    "it holds something else than it should");
            return tail;
        });
    }

    private static FileMetaData footer(ByteBuffer bytes) throws IOException {
        ByteBuffer end = bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN)
                .position(bytes.limit() - END_SIZE);
        int length = end.getInt();
        Damage.check(end.getInt() == MAGIC, "no Parquet file");
        ByteBuffer footer = bytes.slice(bytes.limit() - END_SIZE - length, length);
        return Util.readFileMetaData(ByteBufferInputStream.wrap(footer));
    }

    private static Map<String, String> keyValues(FileMetaData footer) {
        Map<String, String> keyValues = new HashMap<>();
        for (KeyValue keyValue : Damage.present(footer.getKey_value_metadata(), "key-values")) {
            keyValues.put(keyValue.getKey(), keyValue.getValue());
        }
        return keyValues;
    }

    /** The file. */
    public StoredHistory stored() {
        return stored;
    }

    /** The transactions that were aborted and have records in the file. */
    public List<AbortedTransaction> aborted() {
        return aborted;
    }

    /** How many row groups the file has. */
    public int rowGroups() {
        return rowGroups.size();
    }

    /** What the tail takes in memory, about. */
    public long sizeBytes() {
        return bytes.capacity();
    }

    /** How it is cut. */
    Pieces pieces() {
        return pieces;
    }

    RowGroupPlace rowGroup(int index) {
        return rowGroups.get(index);
    }

    /** The pages of a column. */
    PageList pages(int rowGroup, Column column) throws IOException {
        RowGroupPlace place = rowGroups.get(rowGroup);
        return PageList.of(Util.readOffsetIndex(in(place.column(column).offsetIndex())),
                place.rows());
    }

    /** The bounds of the pages of a column of numbers. */
    PageBounds bounds(int rowGroup, Column column) throws IOException {
        ByteRange place = rowGroups.get(rowGroup).column(column).columnIndex().orElseThrow();
        return new PageBounds(Util.readColumnIndex(in(place)));
    }

    private ByteBufferInputStream in(ByteRange place) {
        long position = place.position() - stored.file().shape().tail().position();
        return ByteBufferInputStream
                .wrap(bytes.slice(Math.toIntExact(position), place.length()));
    }
}
