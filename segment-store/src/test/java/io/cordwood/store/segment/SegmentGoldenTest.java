package io.cordwood.store.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.store.batch.BatchDecoder;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.RandomRecords;
import io.cordwood.store.batch.StoredRecord;
import io.cordwood.store.batch.TimestampRange;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SegmentGoldenTest {

    private static final UUID ID = UUID.fromString("01234567-89ab-cdef-fedc-ba9876543210");
    private static final UUID LOW = UUID.fromString("00000000-0000-4000-8000-000000000001");
    private static final UUID HIGH = UUID.fromString("f0000000-0000-4000-8000-000000000001");
    private static final GoldenFile SMALL = new GoldenFile("segment-v1.bin");
    private static final GoldenFile LONG = new GoldenFile("segment-v1-long-run.bin");

    @Test
    void aSmallSegmentIsWrittenAsItEverWas() {
        SMALL.assertIsWrittenToday(small().bytes().copy());
    }

    @Test
    void aLongRunIsWrittenAsItEverWas() {
        LONG.assertIsWrittenToday(longRun().bytes().copy());
    }

    @Test
    void aSmallSegmentIsReadAsItEverWas() {
        ByteBuffer segment = SMALL.bytes();

        SegmentIndex index = SegmentIndex.verify(segment);

        assertThat(index.runs()).extracting(SegmentRun::partition).containsExactly(
                new PartitionId(LOW, 0), new PartitionId(LOW, 7), new PartitionId(HIGH, 1));
        assertThat(index.runs().get(1)).isEqualTo(new SegmentRun(new PartitionId(LOW, 7), 124, 217,
                2,
                0, 5, new TimestampRange(1_700_000_000_010L, 1_700_000_000_022L), -667_975_329));
        assertThat(index.stretches()).containsOnly(List.of());
        assertThat(records(segment, index.runs().getFirst())).extracting(StoredRecord::record)
                .containsExactly(new LogRecord(LogRecord.NO_TIMESTAMP, Optional.empty(),
                        Optional.of(RandomRecords.utf8("only")), List.of()),
                        RandomRecords.text(0, "key", "value"));
    }

    @Test
    void aLongRunIsReadAsItEverWas() {
        SegmentIndex index = SegmentIndex.verify(LONG.bytes());

        assertThat(index.runs()).hasSize(1);
        assertThat(index.runs().getFirst().batches()).isEqualTo(7);
        assertThat(index.stretches().getFirst()).containsExactly(
                new Stretch(0, 0, 1_700_000_000_040L),
                new Stretch(5, 75_365, 1_700_000_000_060L));
    }

    private static Segment small() {
        SegmentBuilder builder = new SegmentBuilder(ID);
        builder.add(new PartitionId(HIGH, 1), SegmentForge.batch(5, 1));
        builder.add(new PartitionId(LOW, 7), SegmentForge.batch(20, 3));
        builder.add(new PartitionId(LOW, 0), SegmentForge.batch(List.of(
                new LogRecord(LogRecord.NO_TIMESTAMP, Optional.empty(),
                        Optional.of(RandomRecords.utf8("only")), List.of()),
                RandomRecords.text(0, "key", "value"))));
        builder.add(new PartitionId(LOW, 7), SegmentForge.batch(10, 2));
        return builder.build();
    }

    private static Segment longRun() {
        SegmentBuilder builder = new SegmentBuilder(ID);
        for (int i = 0; i < 7; i++) {
            builder.add(new PartitionId(LOW, 0), SegmentForge.batch(List.of(
                    RandomRecords.text(10L * i, "k", "0123456789".repeat(1_500)))));
        }
        return builder.build();
    }

    private static List<StoredRecord> records(ByteBuffer segment, SegmentRun run) {
        return BatchDecoder.records(segment.slice((int) run.position(), run.length()), 0);
    }
}
