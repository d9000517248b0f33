package io.cordwood.cache;

import io.cordwood.store.object.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The bytes of one block of an object, never changed. A block that is not full ends its object; one
 * that is empty says that the object ends where the block would begin.
 */
final class Block {

    /**
     * The size of all blocks but the last of an object: a MiB less a page. The page is left for the
     * header of the array in memory and of the file on disk. An array of a whole MiB takes up two
     * MiB of a heap below 8 GiB, because the G1 collector gives what is larger than half a region
     * regions of its own. A block is large enough that a request to the bucket costs more than the
     * bytes it brings too many, and small enough for the read of a single record.
     */
    static final int BYTES_MAX = (1 << 20) - (1 << 12);

    /** The block of an object's end that coincides with the end of the block before. */
    static final Block EMPTY = new Block(new byte[0]);

    private final byte[] content;

    private Block(byte[] content) {
        this.content = content;
    }

    /** A block of an array that nobody else has. */
    static Block owning(byte[] content) {
        return new Block(content);
    }

    /**
     * Cuts what was read from the beginning of a block into blocks.
     *
     * @param bytes owned by the caller, and not touched by it again
     * @param asked how many bytes were asked for: fewer came only where the object ends, and then
     *        the last block is not full
     */
    static List<Block> cut(ByteBuffer bytes, int asked) {
        boolean cutShort = bytes.remaining() < asked;
        return ended(bytes.remaining() <= BYTES_MAX
                ? new ArrayList<>(List.of(new Block(arrayOf(bytes))))
                : copy(Bytes.of(bytes)), cutShort);
    }

    /** Cuts what was read in pieces, as if it were one; it is only read. */
    static List<Block> cut(Bytes bytes, int asked) {
        return ended(copy(bytes), bytes.size() < asked);
    }

    private static List<Block> ended(List<Block> blocks, boolean cutShort) {
        if (cutShort && !blocks.getLast().endsObject()) {
            blocks.add(EMPTY);
        }
        return blocks;
    }

    /** Copies a whole object into blocks, each with memory of its own. */
    static List<Block> copy(Bytes bytes) {
        List<Block> blocks = new ArrayList<>();
        int left = bytes.size();
        ByteBuffer filling = ByteBuffer.allocate(Math.min(left, BYTES_MAX));
        for (ByteBuffer slice : bytes.slices()) {
            while (slice.hasRemaining()) {
                int length = Math.min(slice.remaining(), filling.remaining());
                filling.put(slice.slice(slice.position(), length));
                slice.position(slice.position() + length);
                if (!filling.hasRemaining()) {
                    blocks.add(new Block(filling.array()));
                    left -= filling.capacity();
                    filling = ByteBuffer.allocate(Math.min(left, BYTES_MAX));
                }
            }
        }
        return blocks;
    }

    int size() {
        return content.length;
    }

    /** Whether the object has no bytes after this block. A full block may be the last one too. */
    boolean endsObject() {
        return content.length < BYTES_MAX;
    }

    /** A read-only view of the bytes from one place in the block to another. */
    ByteBuffer view(int from, int to) {
        return ByteBuffer.wrap(content, from, to - from).asReadOnlyBuffer();
    }

    /** A read-only view. */
    ByteBuffer view() {
        return ByteBuffer.wrap(content).asReadOnlyBuffer();
    }

    /** The buffer's own array if it holds nothing else, so that the bytes need not be copied. */
    private static byte[] arrayOf(ByteBuffer bytes) {
        if (bytes.hasArray() && bytes.arrayOffset() == 0
                && bytes.array().length == bytes.remaining()) {
            return bytes.array();
        }
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }
}
