package io.cordwood.store.batch;

import java.util.Optional;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.RecordBatch;

/** Batches that the log writes itself: they take an offset, and no reader sees their record. */
public final class ControlBatch {

    /** Kafka's brokers tell coordinators apart by it; here the manifest does. */
    private static final int COORDINATOR_EPOCH = 0;

    private ControlBatch() {}

    /** What ends a transaction in one of its partitions. */
    public static ValidBatch endOfTransaction(ProducerIdentity producer, boolean committed,
            long timestampMillis) {
        ControlRecordType type = committed ? ControlRecordType.COMMIT : ControlRecordType.ABORT;
        MemoryRecords records = MemoryRecords.withEndTransactionMarker(0, timestampMillis,
                RecordBatch.NO_PARTITION_LEADER_EPOCH, producer.id(), producer.epoch(),
                new EndTransactionMarker(type, COORDINATOR_EPOCH));
        ContentTally content = new ContentTally();
        content.add(timestampMillis, true);
        return new ValidBatch(records.buffer(), content.content(false), Optional.empty());
    }
}
