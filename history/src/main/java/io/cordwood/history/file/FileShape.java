package io.cordwood.history.file;

import io.cordwood.store.object.ByteRange;

/**
 * Where the parts of a history file are.
 *
 * <pre>
 *  0                                     tail
 *  +-------+-----------+-----------+-----+-----------------------------+
 *  | magic | row group | row group | ... | page indexes, footer, magic |
 *  +-------+-----------+-----------+-----+-----------------------------+
 * </pre>
 *
 * @param tail which ends the file
 * @param tailCrc the CRC-32C of the tail: Parquet protects its pages, but nothing that says where
 *        they are
 */
public record FileShape(ByteRange tail, int tailCrc) {

    public FileShape {
        if (tail.position() <= 0) {
            throw new IllegalArgumentException("a file is more than its tail");
        }
    }

    /** How long the file is in bytes. */
    public long length() {
        return tail.end();
    }
}
