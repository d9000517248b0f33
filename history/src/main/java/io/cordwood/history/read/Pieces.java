package io.cordwood.history.read;

import io.cordwood.history.file.Column;
import io.cordwood.history.file.Damage;
import io.cordwood.history.rows.RowSpan;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * How a file is cut into pieces: at pages of values, each piece as soon as it has about so many
 * bytes, and at row groups.
 */
final class Pieces {

    /** A fetch of a mebibyte needs one of them, or two. */
    private static final long PIECE_BYTES = 2 << 20;

    private final List<Piece> pieces;

    private Pieces(List<Piece> pieces) {
        this.pieces = List.copyOf(pieces);
    }

    /** The pieces of a file. */
    static Pieces of(HistoryTail tail) throws IOException {
        List<Piece> pieces = new ArrayList<>();
        for (int rowGroup = 0; rowGroup < tail.rowGroups(); rowGroup++) {
            add(pieces, rowGroup, tail.pages(rowGroup, Column.VALUE),
                    tail.rowGroup(rowGroup).bytesBesideValue());
        }
        return new Pieces(pieces);
    }

    private static void add(List<Piece> pieces, int rowGroup, PageList values,
            long bytesBeside) {
        int first = 0;
        long bytes = 0;
        for (int page = 0; page < values.count(); page++) {
            RowSpan rows = values.rows(page);
            bytes += values.stringBytes(page) + rows.size() * bytesBeside;
            if (bytes >= PIECE_BYTES || page == values.count() - 1) {
                pieces.add(new Piece(rowGroup, new RowSpan(first, rows.end())));
                first = rows.end();
                bytes = 0;
            }
        }
    }

    int count() {
        return pieces.size();
    }

    Piece get(int number) {
        return pieces.get(number);
    }

    /** The number of the piece that holds a row. */
    int numberOf(int rowGroup, int row) {
        for (int number = 0; number < pieces.size(); number++) {
            if (pieces.get(number).holds(rowGroup, row)) {
                return number;
            }
        }
        throw Damage.found("row " + row + " of row group " + rowGroup + " is not there");
    }
}
