package io.cordwood.store.segment;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.store.batch.BatchHeader;
import io.cordwood.store.batch.BatchLimits;
import io.cordwood.store.batch.TimestampRange;
import io.cordwood.store.batch.ValidBatch;
import io.cordwood.store.object.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SegmentBuilderTest {

    private static final UUID ID = new UUID(1, 2);
    private static final PartitionId PARTITION = new PartitionId(new UUID(3, 4), 5);

    @Test
    void theOffsetOfABatchIsCountedFromTheFirstRecordOfItsRun() {
        SegmentBuilder builder = new SegmentBuilder(ID);

        assertThat(builder.add(PARTITION, SegmentForge.batch(0, 3)))
                .isEqualTo(new BatchPlace(0, 0));
        assertThat(builder.add(new PartitionId(ID, 0), SegmentForge.batch(0, 9)))
                .isEqualTo(new BatchPlace(0, 0));
        assertThat(builder.add(PARTITION, SegmentForge.batch(0, 2)))
                .isEqualTo(new BatchPlace(1, 3));
        assertThat(builder.add(PARTITION, SegmentForge.batch(0, 1)))
                .isEqualTo(new BatchPlace(2, 5));
    }

    @Test
    void aRunLiesWhereTheIndexSaysByteForByteAsItCame() {
        for (long seed = 1; seed <= 50; seed++) {
            Segment segment = SegmentForge.random(new Random(seed), 20);
            ByteBuffer bytes = segment.bytes().copy();

            SegmentIndex index = SegmentIndex.verify(bytes);

            assertThat(index.runs()).as("seed %d", seed).isEqualTo(segment.runs());
            assertThat(SegmentIndex.parse(bytes.slice((int) segment.index().position(),
                    segment.index().length()))).as("seed %d", seed).isEqualTo(index);
            segment.runs().forEach(run -> assertDescribed(run, bytes));
        }
    }

    @Test
    void underAnotherIdItIsWhatWasBuiltUnderThatId() {
        for (long seed = 1; seed <= 20; seed++) {
            SegmentBuilder one = new SegmentBuilder(ID);
            SegmentBuilder other = new SegmentBuilder(PARTITION.topic());
            for (int i = 0; i < 5; i++) {
                one.add(PARTITION, SegmentForge.batch(i, (int) seed));
                other.add(PARTITION, SegmentForge.batch(i, (int) seed));
            }

            Segment renamed = one.build().withId(PARTITION.topic());

            assertThat(renamed.id()).isEqualTo(PARTITION.topic());
            assertThat(renamed.bytes().copy()).isEqualTo(other.build().bytes().copy());
        }
    }

    @Test
    void batchesOfOnePartitionStayInTheirOrderAndPartitionsAreSorted() {
        List<PartitionId> partitions = new ArrayList<>(List.of(new PartitionId(new UUID(-1, 0), 0),
                new PartitionId(new UUID(1, -1), 0), new PartitionId(new UUID(1, 1), 2),
                new PartitionId(new UUID(1, 1), 10)));
        SegmentBuilder builder = new SegmentBuilder(ID);
        partitions.forEach(partition -> builder.add(partition, SegmentForge.batch(5, 1)));
        partitions.forEach(partition -> builder.add(partition, SegmentForge.batch(3, 1)));

        Segment segment = builder.build();

        partitions.sort(Comparator.comparing((PartitionId id) -> id.topic().toString())
                .thenComparingInt(PartitionId::partition));
        assertThat(segment.runs()).extracting(SegmentRun::partition)
                .containsExactlyElementsOf(partitions);
        for (SegmentRun run : segment.runs()) {
            ByteBuffer bytes = segment.bytes().copy();
            BatchHeader first = new BatchHeader(bytes, (int) run.position());
            BatchHeader second = new BatchHeader(bytes, (int) run.position() + first.batchSize());
            assertThat(first.maxTimestampMillis()).isGreaterThan(second.maxTimestampMillis());
        }
    }

    @Test
    void aLongRunIsDividedIntoStretchesThatHoldWholeBatches() {
        for (long seed = 1; seed <= 20; seed++) {
            Segment segment = SegmentForge.random(new Random(seed), 40);
            ByteBuffer bytes = segment.bytes().copy();
            SegmentIndex index = SegmentIndex.verify(bytes);
            for (SegmentRun run : segment.runs()) {
                assertThat(index.stretchesOf(run.position(), run.length())).as("seed %d", seed)
                        .isEqualTo(naiveStretches(bytes.slice((int) run.position(), run.length())));
            }
        }
    }

    @Test
    void aSegmentWithoutRunsIsWholeToo() {
        Segment empty = new SegmentBuilder(ID).build();

        assertThat(empty.runs()).isEmpty();
        assertThat(SegmentIndex.verify(empty.bytes().copy()).runs()).isEmpty();
    }

    @Test
    void batchesAreNotCopied() {
        ValidBatch batch = SegmentForge.batch(0, 3);
        SegmentBuilder builder = new SegmentBuilder(ID);
        builder.add(PARTITION, batch);
        builder.add(PARTITION, batch);

        assertThat(builder.runBytes()).isEqualTo(2L * batch.size());
        assertThat(builder.build().bytes().slices()).contains(batch.bytes());
    }

    private static void assertDescribed(SegmentRun run, ByteBuffer segment) {
        ByteBuffer bytes = segment.slice((int) run.position(), run.length());
        TimestampRange timestamps = TimestampRange.EMPTY;
        int batches = 0;
        int offsets = 0;
        for (int position = 0; position < run.length(); batches++) {
            BatchHeader batch = new BatchHeader(bytes, position);
            ValidBatch valid = ValidBatch.of(bytes.slice(position, batch.batchSize()),
                    BatchLimits.STANDARD);
            timestamps = timestamps.merge(valid.timestamps());
            offsets += valid.records();
            position += batch.batchSize();
        }
        assertThat(run).isEqualTo(new SegmentRun(run.partition(), run.position(), run.length(),
                batches, 0, offsets, timestamps, Bytes.of(bytes).crc32c()));
    }

    /** What the index should say, found by walking the run batch by batch. */
    private static List<Stretch> naiveStretches(ByteBuffer run) {
        List<Stretch> stretches = new ArrayList<>();
        int begin = 0;
        int beginOffset = 0;
        int offset = 0;
        long latest = Long.MIN_VALUE;
        for (int position = 0; position < run.remaining();) {
            BatchHeader batch = new BatchHeader(run, position);
            latest = Math.max(latest, batch.maxTimestampMillis());
            offset += (int) (batch.lastOffset() - batch.baseOffset()) + 1;
            position += batch.batchSize();
            boolean last = position == run.remaining();
            if (position - begin >= SegmentLayout.STRETCH_LENGTH_MIN
                    || (last && !stretches.isEmpty())) {
                stretches.add(new Stretch(beginOffset, begin, latest));
                begin = position;
                beginOffset = offset;
                latest = Long.MIN_VALUE;
            }
        }
        return stretches;
    }
}
