package io.cordwood.simulation.work;

import io.cordwood.simulation.truth.Content;
import io.cordwood.simulation.truth.Dispatch;
import io.cordwood.store.batch.BatchEncoder;
import io.cordwood.store.batch.BatchLimits;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.ValidBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;

/** Makes batches of producers that are recognised, as they come from the wire. */
final class SequencedBatches {

    private static final int CRC = 17;
    private static final int ATTRIBUTES = 21;
    private static final int PRODUCER_ID = 43;
    private static final int PRODUCER_EPOCH = 51;
    private static final int FIRST_SEQUENCE = 53;
    private static final short TRANSACTIONAL = 0x10;
    private static final int VALUE_BYTES_MIN = 8;
    private static final int VALUE_BYTES_MAX = 200;
    private static final int TIME_MILLIS_MAX = 1_000_000;
    private static final BatchEncoder ENCODER = new BatchEncoder(BatchLimits.STANDARD);

    private SequencedBatches() {}

    /** The batch of a dispatch, with records that begin with their numbers. */
    static ValidBatch of(Dispatch dispatch, RandomGenerator chance) {
        List<LogRecord> records = new ArrayList<>();
        for (int i = 0; i < dispatch.records(); i++) {
            ByteBuffer value = ByteBuffer
                    .allocate(chance.nextInt(VALUE_BYTES_MIN, VALUE_BYTES_MAX))
                    .putLong(0, dispatch.firstId() + i);
            records.add(new LogRecord(1 + chance.nextInt(TIME_MILLIS_MAX),
                    Optional.of(Content.key(dispatch.firstId() + i)), Optional.of(value),
                    List.of()));
        }
        ByteBuffer plain = ENCODER.encode(records).getFirst().bytes();
        ByteBuffer batch = ByteBuffer.allocate(plain.remaining()).put(plain).flip();
        return ValidBatch.of(stamp(batch, dispatch), BatchLimits.STANDARD);
    }

    private static ByteBuffer stamp(ByteBuffer batch, Dispatch dispatch) {
        if (dispatch.transaction().isPresent()) {
            batch.putShort(ATTRIBUTES, (short) (batch.getShort(ATTRIBUTES) | TRANSACTIONAL));
        }
        batch.putLong(PRODUCER_ID, dispatch.line().producer().id());
        batch.putShort(PRODUCER_EPOCH, dispatch.line().producer().epoch());
        batch.putInt(FIRST_SEQUENCE, dispatch.firstSequence());
        CRC32C crc = new CRC32C();
        crc.update(batch.slice(ATTRIBUTES, batch.remaining() - ATTRIBUTES));
        return batch.putInt(CRC, (int) crc.getValue());
    }
}
