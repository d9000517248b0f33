package io.cordwood.store.object;

/** A non-empty stretch of an object: {@code length} bytes from {@code position}. */
public record ByteRange(long position, int length) {

    public ByteRange {
        if (position < 0 || length <= 0 || position > Long.MAX_VALUE - length) {
            throw new IllegalArgumentException("not a range: " + length + " bytes at " + position);
        }
    }

    /** The position of the first byte after the range. */
    public long end() {
        return position + length;
    }
}
