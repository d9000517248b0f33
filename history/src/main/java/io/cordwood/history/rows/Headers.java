package io.cordwood.history.rows;

import io.cordwood.history.file.Damage;
import java.util.Arrays;

/** The headers of some records, each record's in its producer's order. */
public final class Headers {

    private final Binaries keys;
    private final Binaries values;
    private final int[] rowStarts;

    private Headers(Binaries keys, Binaries values, int[] rowStarts) {
        this.keys = keys;
        this.values = values;
        this.rowStarts = rowStarts;
    }

    static Headers of(BinaryColumn keys, BinaryColumn values) {
        Damage.check(Arrays.equals(keys.rowStarts(), values.rowStarts()),
                "names and values of headers do not belong together");
        return new Headers(keys.binaries(), values.binaries(), keys.rowStarts());
    }

    /** The number of the first header of a record. */
    public int first(int row) {
        return rowStarts[row];
    }

    /** The number of the header after the last of a record. */
    public int end(int row) {
        return rowStarts[row + 1];
    }

    /** The names of all headers. */
    public Binaries keys() {
        return keys;
    }

    /** The values of all headers. */
    public Binaries values() {
        return values;
    }

    long sizeBytes() {
        return keys.sizeBytes() + values.sizeBytes() + (long) Integer.BYTES * rowStarts.length;
    }
}
