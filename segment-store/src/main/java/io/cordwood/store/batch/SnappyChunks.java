package io.cordwood.store.batch;

import static io.cordwood.runtime.RejectedException.Reason.INVALID_RECORD;

import io.cordwood.runtime.RejectedException;
import java.nio.ByteBuffer;

/**
 * What Snappy's packed bytes claim, looked at before anybody believes it: the library allocates
 * whatever a chunk says of its length, and answers nonsense with an {@link Error}.
 *
 * <pre>
 *  framed, as Java clients send it              raw, as librdkafka sends it
 *  0                 8         12         16
 *  +-----------------+---------+----------+     +-------+
 *  | 0x82 SNAPPY 0x0 | version | readable |     | block |
 *  +-----------------+---------+----------+     +-------+
 *  followed by chunks:
 *  0        4
 *  +--------+-------+                           block: unpacked length (base 128, the lowest
 *  | length | block | ...                       seven bits first), then what Snappy made of it
 *  +--------+-------+
 * </pre>
 */
final class SnappyChunks {

    private static final long MAGIC = 0x82534e4150505900L;
    private static final int HEAD_SIZE = 16;
    private static final int LENGTH_BITS_MAX = 32;

    private SnappyChunks() {}

    /** Throws {@link RejectedException} for a chunk that is cut or claims to unpack to more. */
    static void check(ByteBuffer packed, int unpackedSizeMax) {
        ByteBuffer rest = packed.slice();
        if (rest.remaining() < HEAD_SIZE || rest.getLong(0) != MAGIC) {
            checkBlock(rest, unpackedSizeMax);
            return;
        }
        rest.position(HEAD_SIZE);
        while (rest.hasRemaining()) {
            require(rest.remaining() >= Integer.BYTES, "a chunk is cut");
            int length = rest.getInt();
            require(length >= 0 && length <= rest.remaining(), "a chunk is cut");
            checkBlock(rest.slice(rest.position(), length), unpackedSizeMax);
            rest.position(rest.position() + length);
        }
    }

    private static void checkBlock(ByteBuffer block, int unpackedSizeMax) {
        long unpacked = 0;
        int shift = 0;
        boolean more = true;
        while (more) {
            require(block.hasRemaining() && shift < LENGTH_BITS_MAX, "a chunk has no length");
            byte next = block.get();
            unpacked |= (long) (next & 0x7f) << shift;
            shift += 7;
            more = next < 0;
        }
        require(unpacked <= unpackedSizeMax, "a chunk unpacks to " + unpacked + " bytes");
    }

    private static void require(boolean holds, String complaint) {
        if (!holds) {
            throw new RejectedException(INVALID_RECORD,
                    "the batch is not acceptable: " + complaint);
        }
    }
}
