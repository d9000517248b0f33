package io.cordwood.store.segment;

import io.cordwood.store.batch.BatchForge;
import io.cordwood.store.batch.BatchLimits;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.RandomRecords;
import io.cordwood.store.batch.ValidBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.random.RandomGenerator;
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
