package io.cordwood.store.batch;

import static io.cordwood.store.batch.RandomRecords.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.runtime.CorruptException;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.record.internal.CompressionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BatchDecoderTest {

    private static final List<LogRecord> RECORDS = List.of(text(1, "a", "1"), text(2, "b", "2"),
            text(3, "c", "3"));

    @ParameterizedTest
    @EnumSource
    void recordsBeforeTheOffsetAreLeftOut(CompressionType codec) {
        ByteBuffer batches = twoBatches(codec);

        List<StoredRecord> read = BatchDecoder.records(batches, 11);

        assertThat(read).extracting(StoredRecord::offset).containsExactly(11L, 12L, 13L, 14L, 15L);
        assertThat(read.getFirst().record()).isEqualTo(RECORDS.get(1));
    }

    @Test
    void controlBatchesHoldNoRecords() {
        BatchForge forge = BatchForge.packing(CompressionType.NONE);
        ByteBuffer control = forge.control().batch(RECORDS.subList(0, 1));
        ByteBuffer data = forge.batch(RECORDS);
        new BatchHeader(data, 0).assign(1, 0);
        ByteBuffer both = ByteBuffer.allocate(control.remaining() + data.remaining()).put(control)
                .put(data).flip();

        assertThat(BatchDecoder.records(both, 0)).extracting(StoredRecord::offset)
                .containsExactly(1L, 2L, 3L);
    }

    @ParameterizedTest
    @EnumSource
    void everyFlippedByteButOffsetAndEpochIsFound(CompressionType codec) {
        ByteBuffer batches = twoBatches(codec);
        int second = new BatchHeader(batches, 0).batchSize();
        for (int position = 0; position < batches.remaining(); position++) {
            int inBatch = position < second ? position : position - second;
            if (inBatch < 8 || (inBatch >= 12 && inBatch < 16)) {
                continue;
            }
            for (int bit = 0; bit < 8; bit++) {
                ByteBuffer flipped = BatchForge.copy(batches);
                flipped.put(position, (byte) (flipped.get(position) ^ (1 << bit)));

                assertCorrupt(flipped);
            }
        }
    }

    @Test
    void everyCutIsFound() {
        ByteBuffer batches = twoBatches(CompressionType.NONE);
        int second = new BatchHeader(batches, 0).batchSize();
        for (int size = 1; size < batches.remaining(); size++) {
            if (size != second) {
                assertCorrupt(BatchForge.copy(batches.duplicate().limit(size)));
            }
        }
    }

    private static ByteBuffer twoBatches(CompressionType codec) {
        ByteBuffer batch = BatchForge.packing(codec).batch(RECORDS);
        ByteBuffer two = ByteBuffer.allocate(2 * batch.remaining()).put(batch.duplicate())
                .put(batch.duplicate()).flip();
        new BatchHeader(two, 0).assign(10, 0);
        new BatchHeader(two, batch.remaining()).assign(13, 0);
        return two;
    }

    private static void assertCorrupt(ByteBuffer batches) {
        assertThatThrownBy(() -> BatchDecoder.records(batches, 0))
                .isInstanceOf(CorruptException.class);
    }
}
