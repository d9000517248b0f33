package io.cordwood.store.segment;

import io.cordwood.store.batch.BatchForge;
import io.cordwood.store.batch.BatchLimits;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.ProducerSequence;
import io.cordwood.store.batch.RandomRecords;
import io.cordwood.store.batch.ValidBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.zip.CRC32C;
import org.apache.kafka.common.record.internal.CompressionType;

/** Makes segments of plain batches: the same arguments give the same bytes. */
public final class SegmentForge {

    private SegmentForge() {}

    /** A batch of so many records of text, the first so many milliseconds after a time in 2023. */
    public static ValidBatch batch(long timestampOffsetMillis, int records) {
        List<LogRecord> content = new ArrayList<>(records);
        for (int i = 0; i < records; i++) {
            content.add(RandomRecords.text(timestampOffsetMillis + i, "key-" + i, "value " + i));
        }
        return batch(content);
    }

    /** A batch of the records, not compressed. */
    public static ValidBatch batch(List<LogRecord> records) {
        return ValidBatch.of(BatchForge.packing(CompressionType.NONE).batch(records),
                BatchLimits.STANDARD);
    }

    /** A batch of so many records, as an idempotent producer sends it. */
    public static ValidBatch batch(ProducerSequence producer, int records) {
        return produced(producer, batch(0, records));
    }

    /** A batch of the records, as an idempotent producer sends it. */
    public static ValidBatch batch(ProducerSequence producer, List<LogRecord> records) {
        return produced(producer, batch(records));
    }

    private static ValidBatch produced(ProducerSequence producer, ValidBatch batch) {
        ByteBuffer bytes = ByteBuffer.allocate(batch.size());
        bytes.put(batch.bytes()).flip();
        bytes.putShort(21, (short) (producer.transactional() ? 0x10 : 0));
        bytes.putLong(43, producer.producerId()).putShort(51, producer.producerEpoch())
                .putInt(53, producer.firstSequence());
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(21, bytes.remaining() - 21));
        bytes.putInt(17, (int) crc.getValue());
        return ValidBatch.of(bytes, BatchLimits.STANDARD);
    }

    /** A segment with one batch of so many records for each partition. */
    public static Segment segment(UUID id, List<PartitionId> partitions, int records) {
        SegmentBuilder builder = new SegmentBuilder(id);
        for (PartitionId partition : partitions) {
            builder.add(partition, batch(partition.partition(), records));
        }
        return builder.build();
    }

    /** A segment with up to so many batches of all sizes, some of them for the same partition. */
    public static Segment random(RandomGenerator random, int batchesMax) {
        RandomRecords records = new RandomRecords(random);
        SegmentBuilder builder = new SegmentBuilder(new UUID(random.nextLong(), random.nextLong()));
        UUID topic = new UUID(random.nextLong(), random.nextLong());
        for (int i = random.nextInt(1, batchesMax + 1); i > 0; i--) {
            builder.add(new PartitionId(topic, random.nextInt(3)),
                    batch(records.records(random.nextInt(1, 30), random.nextInt(1, 4_000))));
        }
        return builder.build();
    }
}
