package io.cordwood.store.batch;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The head of a batch of message format 2, seen in place.
 *
 * <pre>
 *  byte 0       8      12      16      17     21           23
 *       +--------+------+-------+-------+------+------------+
 *       | base   | len  | epoch | magic | CRC  | attributes |
 *       | offset |      |       | = 2   |      |            |
 *       +--------+------+-------+-------+------+------------+
 *      23         27       35       43       51      53       57      61
 *       +----------+--------+--------+--------+-------+--------+-------+---------+
 *       | last off | base   | max    | prod.  | prod. | base   | rec.  | records |
 *       | delta    | time   | time   | id     | epoch | seq.   | count | ...     |
 *       +----------+--------+--------+--------+-------+--------+-------+---------+
 * </pre>
 *
 * All numbers are big-endian. {@code len} counts the bytes after itself. The CRC-32C covers what
 * follows it: base offset and leader epoch lie before it and are filled in when a batch is read.
 *
 * @param buffer the bytes, by absolute positions
 * @param position where the batch begins
 * @see <a href="https://kafka.apache.org/documentation/#recordbatch">Kafka: record batch</a>
 */
public record BatchHeader(ByteBuffer buffer, int position) {

    /** The size of the head in bytes. */
    public static final int SIZE = 61;

    /** Bytes before and including the length field: how many must be there to know the size. */
    public static final int SIZE_KNOWN_AFTER = 12;

    private static final int LENGTH = 8;
    private static final int LEADER_EPOCH = 12;
    private static final int CRC = 17;
    private static final int CRC_COVERS_FROM = 21;
    private static final int LAST_OFFSET_DELTA = 23;
    private static final int BASE_TIMESTAMP = 27;
    private static final int MAX_TIMESTAMP = 35;

    /** The size of the whole batch in bytes. */
    public int batchSize() {
        return SIZE_KNOWN_AFTER + buffer.getInt(position + LENGTH);
    }

    public long baseOffset() {
        return buffer.getLong(position);
    }

    /** The offset of the last record; with gaps, of the last that there was. */
    public long lastOffset() {
        return baseOffset() + buffer.getInt(position + LAST_OFFSET_DELTA);
    }

    /** How many offsets it spans: as many as records, unless it has gaps. */
    public int offsets() {
        return buffer.getInt(position + LAST_OFFSET_DELTA) + 1;
    }

    /** The timestamp of its first record. */
    public long baseTimestampMillis() {
        return buffer.getLong(position + BASE_TIMESTAMP);
    }

    /** The largest timestamp of its records. */
    public long maxTimestampMillis() {
        return buffer.getLong(position + MAX_TIMESTAMP);
    }

    /** Whether its checksum is right. The buffer must hold the whole batch. */
    public boolean isIntact() {
        CRC32C crc = new CRC32C();
        crc.update(buffer.slice(position + CRC_COVERS_FROM, batchSize() - CRC_COVERS_FROM));
        return (int) crc.getValue() == buffer.getInt(position + CRC);
    }

    /** Fills in what the commit decided. Both fields lie outside the checksum. */
    public void assign(long baseOffset, int leaderEpoch) {
        buffer.putLong(position, baseOffset);
        buffer.putInt(position + LEADER_EPOCH, leaderEpoch);
    }
}
