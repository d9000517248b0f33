package io.cordwood.history.write;

import io.cordwood.history.file.RecordAttributes;
import io.cordwood.runtime.CorruptException;
import io.cordwood.store.batch.BatchDecoder;
import io.cordwood.store.batch.BatchHeader;
import io.cordwood.store.batch.StoredRecord;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * A batch as it is stored: what its head says, as {@link BatchHeader} draws it, and its records.
 *
 * @param bytes exactly the batch, from position 0
 */
record SourceBatch(ByteBuffer bytes) {

    private static final int LEADER_EPOCH = 12;
    private static final int MAGIC = 16;
    private static final int CRC = 17;
    private static final int ATTRIBUTES = 21;
    private static final int PRODUCER_ID = 43;
    private static final int PRODUCER_EPOCH = 51;
    private static final int BASE_SEQUENCE = 53;
    private static final int COUNT = 57;
    private static final byte FORMAT = 2;

    /**
     * The remaining bytes, which must be one batch.
     *
     * @throws CorruptException when they are not what was stored
     */
    static SourceBatch of(ByteBuffer batch) {
        ByteBuffer bytes = batch.slice();
        check(bytes.remaining() >= BatchHeader.SIZE
                && new BatchHeader(bytes, 0).batchSize() == bytes.remaining(),
                "its length is not that of the " + bytes.remaining() + " bytes given");
        check(bytes.get(MAGIC) == FORMAT, "it is not of message format 2");
        check(crc(bytes) == bytes.getInt(CRC), "its checksum is wrong");
        return new SourceBatch(bytes);
    }

    long baseOffset() {
        return new BatchHeader(bytes, 0).baseOffset();
    }

    /** The offset after its last, which may have no record. */
    long nextOffset() {
        return new BatchHeader(bytes, 0).lastOffset() + 1;
    }

    int leaderEpoch() {
        return bytes.getInt(LEADER_EPOCH);
    }

    int attributes() {
        return bytes.getShort(ATTRIBUTES);
    }

    long producerId() {
        return bytes.getLong(PRODUCER_ID);
    }

    short producerEpoch() {
        return bytes.getShort(PRODUCER_EPOCH);
    }

    /** The sequence of the record at an offset; -1 where no sequence is kept. */
    int sequenceAt(long offset) {
        int base = bytes.getInt(BASE_SEQUENCE);
        return base < 0 ? base : (int) (base + offset - baseOffset()) & Integer.MAX_VALUE;
    }

    /**
     * Its records, control records among them.
     *
     * @throws CorruptException when they cannot be unpacked, though they are what was stored
     */
    List<StoredRecord> records() {
        if (bytes.getInt(COUNT) == 0) {
            return List.of();
        }
        return BatchDecoder.records(
                RecordAttributes.isControl(attributes()) ? asSeenByReaders() : bytes,
                Long.MIN_VALUE);
    }

    /** A copy that does not say that no reader may see its records. */
    private ByteBuffer asSeenByReaders() {
        ByteBuffer copy = ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
        copy.putShort(ATTRIBUTES, (short) (attributes() & ~RecordAttributes.CONTROL));
        return copy.putInt(CRC, crc(copy));
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(ATTRIBUTES, bytes.remaining() - ATTRIBUTES));
        return (int) crc.getValue();
    }

    private static void check(boolean holds, String complaint) {
        if (!holds) {
            throw new CorruptException("a stored batch is damaged: " + complaint);
        }
    }
}
