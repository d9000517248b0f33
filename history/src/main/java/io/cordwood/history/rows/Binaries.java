package io.cordwood.history.rows;

/**
 * Byte strings, one after the other, each of them there or absent. Immutable, though it hands out
 * its array: that must not be changed.
 */
public final class Binaries {

    /** The length of what is absent. */
    public static final int ABSENT = -1;

    private final byte[] bytes;
    private final int[] starts;
    private final int[] lengths;

    Binaries(byte[] bytes, int[] starts, int[] lengths) {
        this.bytes = bytes;
        this.starts = starts;
        this.lengths = lengths;
    }

    /** The array that holds them, among other things. */
    public byte[] bytes() {
        return bytes;
    }

    /** Where one begins in the array. */
    public int start(int index) {
        return starts[index];
    }

    /** The length of one in bytes; {@link #ABSENT} if it is absent. */
    public int length(int index) {
        return lengths[index];
    }

    /** How many there are. */
    public int count() {
        return starts.length;
    }

    /** What they take in memory. */
    long sizeBytes() {
        return bytes.length + (long) Integer.BYTES * (starts.length + lengths.length);
    }
}
