package io.cordwood.history.batch;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** A growing array that batches are written into, all numbers as their format has them. */
final class BatchOutput {

    /** The most bytes that a number takes as a varint. */
    static final int VARINT_SIZE_MAX = 10;

    private byte[] bytes;
    private int size;

    BatchOutput(int capacity) {
        this.bytes = new byte[capacity];
    }

    /** How many bytes there are. */
    int size() {
        return size;
    }

    /** Leaves out so many bytes, to be written later. */
    void skip(int length) {
        reserve(length);
        size += length;
    }

    /** Forgets what is behind a position. */
    void truncate(int position) {
        size = position;
    }

    /** Makes room for so many bytes: whoever appends must have made it. */
    void reserve(int length) {
        if (bytes.length - size < length) {
            bytes = Arrays.copyOf(bytes, Math.max(Math.addExact(size, length),
                    (int) Math.min(bytes.length * 2L, Integer.MAX_VALUE - Long.BYTES)));
        }
    }

    void append(byte value) {
        bytes[size++] = value;
    }

    void append(byte[] source, int start, int length) {
        System.arraycopy(source, start, bytes, size, length);
        size += length;
    }

    /** Appends a number as a zigzag varint. */
    void appendVarint(long value) {
        long rest = zigzag(value);
        while ((rest & ~0x7fL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
    }

    /** The size of a number as a zigzag varint. */
    static int sizeOfVarint(long value) {
        return (Long.SIZE - Long.numberOfLeadingZeros(zigzag(value) | 1) + 6) / 7;
    }

    private static long zigzag(long value) {
        return (value << 1) ^ (value >> 63);
    }

    /** What was written, in place. */
    byte[] array() {
        return bytes;
    }

    /** What was written, from a position on: a view that can be changed. */
    ByteBuffer from(int position) {
        return ByteBuffer.wrap(bytes, position, size - position).slice();
    }
}
