package io.cordwood.store.batch;

import static io.cordwood.runtime.RejectedException.Reason.INVALID_RECORD;
import static io.cordwood.runtime.RejectedException.Reason.RECORD_TOO_LARGE;

import io.cordwood.runtime.RejectedException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.record.internal.DefaultRecord;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;

/** One check of one batch, from the outside in: size, head, checksum, then every record. */
final class BatchValidation {

    private static final byte FORMAT = 2;

    private final ByteBuffer bytes;
    private final BatchLimits limits;
    private byte[] scratch = new byte[256];

    BatchValidation(ByteBuffer bytes, BatchLimits limits) {
        this.bytes = bytes.slice();
        this.limits = limits;
    }

    ValidBatch validate() {
        checkSize();
        try {
            DefaultRecordBatch batch = head();
            return new ValidBatch(bytes, checkRecords(batch), producer(batch));
        } catch (KafkaException | IllegalArgumentException | IOException damaged) {
            throw new RejectedException(INVALID_RECORD,
                    "the batch is damaged: " + damaged.getMessage(), damaged);
        }
    }

    private void checkSize() {
        int size = bytes.remaining();
        if (size > limits.sizeMax()) {
            throw new RejectedException(RECORD_TOO_LARGE, "a batch of " + size
                    + " bytes is larger than the " + limits.sizeMax() + " that are accepted");
        }
        require(size > BatchHeader.SIZE, "it holds no records");
        require(new BatchHeader(bytes, 0).batchSize() == size,
                "its length field differs from its size of " + size + " bytes");
        require(bytes.get(16) == FORMAT, "only message format 2 is accepted");
    }

    private DefaultRecordBatch head() {
        RecordBatch first = MemoryRecords.readableRecords(bytes.duplicate()).batches().iterator()
                .next();
        if (!(first instanceof DefaultRecordBatch batch)) {
            throw rejected("only message format 2 is accepted");
        }
        batch.ensureValid();
        int count = batch.countOrNull();
        require(count > 0, "it holds no records");
        require(batch.lastOffset() - batch.baseOffset() + 1 == count,
                "its offsets do not match its record count");
        require(!batch.isControlBatch(), "control records come from the log, not from producers");
        require(batch.deleteHorizonMs().isEmpty(), "it claims to have been compacted");
        return batch;
    }

    private static Optional<ProducerSequence> producer(DefaultRecordBatch batch) {
        if (batch.hasProducerId()) {
            return Optional.of(new ProducerSequence(batch.producerId(), batch.producerEpoch(),
                    batch.baseSequence(), batch.isTransactional()
                            ? ProducerSequence.Membership.MEMBER
                            : ProducerSequence.Membership.NONE));
        }
        require(batch.producerId() == RecordBatch.NO_PRODUCER_ID && !batch.isTransactional(),
                "it belongs to a transaction, but to no producer");
        return Optional.empty();
    }

    private BatchContent checkRecords(DefaultRecordBatch batch) throws IOException {
        ContentTally tally = new ContentTally();
        try (RecordStream records = RecordStream.of(batch,
                bytes.slice(BatchHeader.SIZE, bytes.limit() - BatchHeader.SIZE),
                limits.unpackedSizeMax())) {
            for (int i = 0; i < batch.countOrNull(); i++) {
                DefaultRecord record = records.next(this::room);
                require(record.offset() == batch.baseOffset() + i,
                        "its offsets are not consecutive");
                require(LogRecord.timestampIsValid(record.timestamp()),
                        "a timestamp is out of range: " + record.timestamp());
                tally.add(record.timestamp(), record.hasKey());
            }
            records.end();
        }
        BatchContent content = tally.content(
                batch.timestampType() == TimestampType.LOG_APPEND_TIME);
        require(content.timestamps().maxMillis() == batch.maxTimestamp(),
                "its largest timestamp is not the one in its head");
        return content;
    }

    /** The same room for every record: nobody looks at one when the next is read. */
    private byte[] room(int size) {
        if (scratch.length < size) {
            scratch = new byte[Math.max(size, scratch.length * 2)];
        }
        return scratch;
    }

    private static void require(boolean holds, String complaint) {
        if (!holds) {
            throw rejected(complaint);
        }
    }

    private static RejectedException rejected(String complaint) {
        return new RejectedException(INVALID_RECORD, "the batch is not acceptable: " + complaint);
    }
}
