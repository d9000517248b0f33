package io.cordwood.store.object;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * An immutable byte string in one or more slices, so that what was gathered from many places is
 * written without being copied together. The slices must not be changed by whoever made them.
 */
public final class Bytes {

    private final List<ByteBuffer> slices;
    private final int size;

    private Bytes(List<ByteBuffer> slices) {
        this.slices = slices;
        long total = 0;
        for (ByteBuffer slice : slices) {
            total += slice.remaining();
        }
        this.size = Math.toIntExact(total);
    }

    /** The remaining bytes of the slices, one after the other. */
    public static Bytes of(ByteBuffer... slices) {
        return of(List.of(slices));
    }

    /** The remaining bytes of the slices, one after the other. */
    public static Bytes of(List<ByteBuffer> slices) {
        List<ByteBuffer> views = new ArrayList<>(slices.size());
        for (ByteBuffer slice : slices) {
            views.add(slice.asReadOnlyBuffer());
        }
        return new Bytes(views);
    }

    /** The whole array. */
    public static Bytes wrap(byte[] array) {
        return of(ByteBuffer.wrap(array));
    }

    /** The length in bytes. */
    public int size() {
        return size;
    }

    /** Fresh read-only views of the slices, in order. */
    public List<ByteBuffer> slices() {
        List<ByteBuffer> views = new ArrayList<>(slices.size());
        for (ByteBuffer slice : slices) {
            views.add(slice.duplicate());
        }
        return views;
    }

    /** A copy of all bytes in one new buffer. */
    public ByteBuffer copy() {
        ByteBuffer joined = ByteBuffer.allocate(size);
        for (ByteBuffer slice : slices()) {
            joined.put(slice);
        }
        return joined.flip();
    }

    /** The CRC-32C (Castagnoli) of the bytes. */
    public int crc32c() {
        CRC32C crc = new CRC32C();
        for (ByteBuffer slice : slices()) {
            crc.update(slice);
        }
        return (int) crc.getValue();
    }
}
