package io.cordwood.ingest.wal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * The bytes of a file of the local WAL, version 1. All numbers are big-endian; sizes are in bytes.
 *
 * <pre>
 *  File      +--------+---------+---------+-- ...
 *            | header | frame 0 | frame 1 |          in the order of the appends
 *            +--------+---------+---------+-- ...
 *
 *  Header    0      4         6          8                 24        32
 *            +------+---------+----------+------------------+--------+---------+
 *            | CWWL | version | reserved | identity of the  | number | CRC     |
 *            |      | = 1     | = 0      | directory (UUID) |        | of 0-31 |
 *            +------+---------+----------+------------------+--------+---------+ 36
 *
 *  Frame     0        4          20          24           28        32
 *            +--------+----------+-----------+------------+---------+--- ... ---+
 *            | length | topic id | partition | CRC of the | CRC     | batch     |
 *            |        | (UUID)   |           | batch      | of 0-27 |           |
 *            +--------+----------+-----------+------------+---------+--- ... ---+
 *            length: of the batch
 * </pre>
 *
 * Every CRC is a CRC-32C. The head of a frame has its own, so that a frame that was cut is told
 * from one whose length was changed.
 */
final class WalFormat {

    static final int MAGIC = 0x4357574c;
    static final short VERSION = 1;
    static final int HEADER_SIZE = 36;
    static final int HEADER_CRC = 32;
    static final int FRAME_HEAD_SIZE = 32;
    static final int FRAME_BATCH_CRC = 24;
    static final int FRAME_HEAD_CRC = 28;

    /** No file is larger: the largest segment, made of the smallest batches. */
    static final int FILE_SIZE_MAX = 128 << 20;

    private WalFormat() {}

    static ByteBuffer header(UUID identity, long number) {
        ByteBuffer header = ByteBuffer.allocate(HEADER_SIZE);
        header.putInt(MAGIC).putShort(VERSION).putShort((short) 0);
        header.putLong(identity.getMostSignificantBits());
        header.putLong(identity.getLeastSignificantBits());
        header.putLong(number);
        return header.putInt(crc(header.slice(0, HEADER_CRC))).flip();
    }

    /** The frames back to back, without a copy of their batches. */
    static List<ByteBuffer> frames(List<WalFrame> frames) {
        List<ByteBuffer> bytes = new ArrayList<>(frames.size() * 2);
        for (WalFrame frame : frames) {
            bytes.add(head(frame));
            bytes.add(frame.batch().bytes());
        }
        return bytes;
    }

    private static ByteBuffer head(WalFrame frame) {
        UUID topic = frame.partition().topic();
        ByteBuffer head = ByteBuffer.allocate(FRAME_HEAD_SIZE);
        head.putInt(frame.batch().size());
        head.putLong(topic.getMostSignificantBits()).putLong(topic.getLeastSignificantBits());
        head.putInt(frame.partition().partition());
        head.putInt(crc(frame.batch().bytes()));
        return head.putInt(crc(head.slice(0, FRAME_HEAD_CRC))).flip();
    }

    static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
