package io.cordwood.cache;

import io.cordwood.runtime.CorruptException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32C;

/**
 * The bytes of a block file, version 1. Numbers are big-endian; sizes are in bytes.
 *
 * <pre>
 *  0      4         6            8             16              20         24
 *  +------+---------+------------+-------------+---------------+----------+-- ... --+-- ... --+
 *  | CWCB | version | key length | block index | content       | CRC-32C  | object  | content |
 *  |      | = 1     |            |             | length        | of all   | key     |         |
 *  |      |         |            |             |               | the rest | (ASCII) |         |
 *  +------+---------+------------+-------------+---------------+----------+-- ... --+-- ... --+
 * </pre>
 *
 * A reader knows which block it wants, and so how all but the content has to look.
 */
final class BlockFormat {

    private static final int MAGIC = 0x43574342;
    private static final short VERSION = 1;
    private static final int CRC_POSITION = 20;
    private static final int KEY_POSITION = 24;

    private BlockFormat() {}

    /** The size of what precedes the content. */
    static int headerBytes(BlockKey key) {
        return KEY_POSITION + key.object().value().length();
    }

    /** What precedes the content. */
    static ByteBuffer header(BlockKey key, Block block) {
        byte[] object = key.object().value().getBytes(StandardCharsets.US_ASCII);
        ByteBuffer header = ByteBuffer.allocate(KEY_POSITION + object.length)
                .putInt(MAGIC)
                .putShort(VERSION)
                .putShort((short) object.length)
                .putLong(key.index())
                .putInt(block.size())
                .putInt(0)
                .put(object)
                .flip();
        CRC32C crc = new CRC32C();
        crc.update(header.duplicate().limit(CRC_POSITION));
        crc.update(header.duplicate().position(KEY_POSITION));
        crc.update(block.view());
        return header.putInt(CRC_POSITION, (int) crc.getValue());
    }

    /**
     * Checks that a file holds that block, whole.
     *
     * @throws CorruptException if it does not
     */
    static void check(BlockKey key, ByteBuffer header, Block block) {
        if (!header.equals(header(key, block))) {
            throw new CorruptException("not block " + key.index() + " of " + key.object()
                    + " as it was written: version, key, index, length or CRC differ");
        }
    }
}
