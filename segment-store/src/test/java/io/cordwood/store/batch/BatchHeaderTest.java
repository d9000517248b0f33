package io.cordwood.store.batch;

import static io.cordwood.store.batch.RandomRecords.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import org.apache.kafka.common.record.internal.CompressionType;
import org.junit.jupiter.api.Test;

class BatchHeaderTest {

    private final ByteBuffer batch = BatchForge.packing(CompressionType.LZ4)
            .batch(List.of(text(3, "a", "1"), text(1, "b", "2"), text(2, "c", "3")));

    @Test
    void whatTheCommitDecidesIsFilledInWithoutTouchingWhatTheChecksumCovers() {
        ByteBuffer stored = ByteBuffer.allocate(batch.remaining() + 7).position(7)
                .put(batch.duplicate()).flip();
        BatchHeader header = new BatchHeader(stored, 7);

        header.assign(1_000_000_000_000L, 5);

        assertThat(header.baseOffset()).isEqualTo(1_000_000_000_000L);
        assertThat(header.lastOffset()).isEqualTo(1_000_000_000_002L);
        assertThat(BatchDecoder.records(stored.position(7), 0)).extracting(StoredRecord::offset)
                .containsExactly(1_000_000_000_000L, 1_000_000_000_001L, 1_000_000_000_002L);
    }

    @Test
    void theHeadTellsTheSizeAndTheLargestTimestamp() {
        BatchHeader header = new BatchHeader(batch, 0);

        assertThat(header.batchSize()).isEqualTo(batch.remaining());
        assertThat(header.maxTimestampMillis()).isEqualTo(1_700_000_000_003L);
    }
}
