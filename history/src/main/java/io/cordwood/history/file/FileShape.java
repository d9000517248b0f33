package io.cordwood.history.file;

import io.cordwood.store.object.ByteRange;
import java.util.List;

/**
 * Where the parts of a history file are.
 *
 * <pre>
 *  0         rowGroupStarts               tailPosition                 length
 *  +-------+-----------+-----------+-----+-----------------------------+
 *  | magic | row group | row group | ... | page indexes, footer, magic |
 *  +-------+-----------+-----------+-----+-----------------------------+
 * </pre>
 *
 * @param length of the file in bytes
 * @param tailPosition where the tail begins
 * @param tailCrc the CRC-32C of the tail: Parquet protects its pages, but nothing that says where
 *        they are
 * @param rowGroupStarts the positions of the row groups, ascending; none if there is no record
 */
public record FileShape(long length, long tailPosition, int tailCrc, List<Long> rowGroupStarts) {

    public FileShape {
        rowGroupStarts = List.copyOf(rowGroupStarts);
        if (tailPosition <= 0 || tailPosition >= length
                || length - tailPosition > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("no tail at " + tailPosition + " of " + length);
        }
    }

    /** The tail's place in the file. */
    public ByteRange tail() {
        return new ByteRange(tailPosition, (int) (length - tailPosition));
    }
}
