package io.cordwood.history.batch;

import io.cordwood.history.file.RecordAttributes;
import io.cordwood.history.rows.Rows;
import io.cordwood.store.batch.BatchHeader;
import io.cordwood.store.batch.LogRecord;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * What the head of a batch says that all of its records share, as {@link BatchHeader} draws it.
 *
 * @param attributes without those that say how the batch is packed
 * @param baseTimestampMillis the first record's
 * @param baseSequence the first record's
 * @param aborted whether they are of a transaction that was aborted: the head does not say so, but
 *        whoever leaves such out leaves out whole batches
 */
record BatchHead(long baseOffset, int attributes, long baseTimestampMillis, long producerId,
        short producerEpoch, int baseSequence, boolean aborted) {

    private static final int LENGTH = 8;
    private static final int LEADER_EPOCH = 12;
    private static final int MAGIC = 16;
    private static final int CRC = 17;
    private static final int ATTRIBUTES = 21;
    private static final byte FORMAT = 2;
    private static final long NO_PRODUCER = -1;

    /** The head of a batch that begins with a row. */
    static BatchHead of(Rows rows, int row) {
        return new BatchHead(rows.heads().offset(row), rows.heads().attributes(row),
                rows.heads().timestampMillis(row), rows.producerId(row), rows.producerEpoch(row),
                rows.sequence(row), rows.isAborted(row));
    }

    /** The head of a batch that only says that nothing is at its offsets. */
    static BatchHead ofNothing(long baseOffset) {
        return new BatchHead(baseOffset, 0, LogRecord.NO_TIMESTAMP, NO_PRODUCER,
                (short) NO_PRODUCER, (int) NO_PRODUCER, false);
    }

    /** Whether a row can be in one batch with the rows before it, whatever its size. */
    boolean takes(Rows rows, int row) {
        long delta = rows.heads().offset(row) - baseOffset;
        return rows.heads().attributes(row) == attributes
                && !RecordAttributes.isControl(attributes)
                && rows.producerId(row) == producerId
                && rows.producerEpoch(row) == producerEpoch
                && rows.sequence(row) == sequenceAt(delta)
                && rows.isAborted(row) == aborted
                && (!RecordAttributes.isAppendTimed(attributes)
                        || rows.heads().timestampMillis(row) == baseTimestampMillis)
                && delta <= Integer.MAX_VALUE;
    }

    /** Sequences begin again after the largest int. */
    private int sequenceAt(long delta) {
        return baseSequence < 0 ? baseSequence : (int) (baseSequence + delta) & Integer.MAX_VALUE;
    }

    /**
     * Writes the head in front of the records, which are all there.
     *
     * @param batch exactly the batch, with room for the head
     */
    void writeTo(ByteBuffer batch, Packing packing, long lastOffset, long maxTimestampMillis,
            int records) {
        batch.putLong(0, baseOffset);
        batch.putInt(LENGTH, batch.remaining() - BatchHeader.SIZE_KNOWN_AFTER);
        batch.putInt(LEADER_EPOCH, 0);
        batch.put(MAGIC, FORMAT);
        ByteBuffer checked = batch.slice(ATTRIBUTES, batch.remaining() - ATTRIBUTES);
        checked.putShort((short) (attributes | packing.attribute()))
                .putInt((int) (lastOffset - baseOffset))
                .putLong(baseTimestampMillis)
                .putLong(maxTimestampMillis)
                .putLong(producerId)
                .putShort(producerEpoch)
                .putInt(baseSequence)
                .putInt(records);
        CRC32C crc = new CRC32C();
        crc.update(checked.rewind());
        batch.putInt(CRC, (int) crc.getValue());
    }
}
