package io.cordwood.store.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.cordwood.runtime.AllocationBound;
import io.cordwood.runtime.CorruptException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is found where batches should be is corrupt, or gives records. */
class BatchDecoderFuzzTest {

    private static final List<LogRecord> RECORDS = new RandomRecords(new Random(42)).records(3, 40);
    private static final AllocationBound BOUND = new AllocationBound(
            4L * BatchLimits.STANDARD.unpackedSizeMax());

    static Stream<Arguments> seeds() {
        return Stream.concat(Arrays.stream(CompressionType.values()).map(codec -> arguments(
                named(codec + ", two batches", twice(BatchForge.packing(codec).batch(RECORDS))))),
                finds());
    }

    /** What was not found to be corrupt once. */
    private static Stream<Arguments> finds() {
        ByteBuffer batch = BatchForge.packing(CompressionType.NONE).batch(RECORDS);
        BatchForge packing = BatchForge.packing(CompressionType.GZIP);
        byte[] twoGibibytes = {-2, -1, -1, -1, 15, 0, 0, 0, 0, 0};
        return Stream.of(
                arguments(named("an older message format",
                        BatchForge.copy(batch).put(BatchForge.MAGIC, (byte) 1).array())),
                arguments(named("a time that is none", BatchForge.copy(batch)
                        .putLong(BatchForge.BASE_TIMESTAMP, Long.MIN_VALUE).array())),
                arguments(named("a record that claims two gibibytes",
                        packing.claiming(1, twoGibibytes).array())),
                arguments(named("a batch that claims two billion records",
                        packing.claiming(Integer.MAX_VALUE, new byte[10]).array())));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsReadIsRecordsOrCorrupt(byte[] input) {
        judge(ByteBuffer.wrap(input));
        judge(sealed(input));
    }

    private static byte[] twice(ByteBuffer batch) {
        ByteBuffer two = ByteBuffer.allocate(2 * batch.remaining()).put(batch.duplicate())
                .put(batch.duplicate());
        new BatchHeader(two, batch.remaining()).assign(RECORDS.size(), 0);
        return two.array();
    }

    private static void judge(ByteBuffer bytes) {
        int size = bytes.remaining();

        Optional<List<StoredRecord>> all = BOUND.hold(() -> read(bytes, Long.MIN_VALUE));

        assertThat(bytes.remaining()).isEqualTo(size);
        all.filter(records -> !records.isEmpty()).ifPresent(records -> {
            long from = records.get(records.size() / 2).offset();
            assertThat(read(bytes, from)).contains(
                    records.stream().filter(record -> record.offset() >= from).toList());
        });
    }

    private static Optional<List<StoredRecord>> read(ByteBuffer bytes, long fromOffset) {
        try {
            return Optional.of(BatchDecoder.records(bytes, fromOffset));
        } catch (CorruptException corrupt) {
            return Optional.empty();
        }
    }

    /** The input with lengths and checksums that fit, batch by batch, in the format of each. */
    private static ByteBuffer sealed(byte[] input) {
        ByteBuffer bytes = ByteBuffer.wrap(input.clone());
        while (bytes.remaining() > BatchHeader.SIZE) {
            int size = new BatchHeader(bytes, bytes.position()).batchSize();
            if (size <= BatchHeader.SIZE || size > bytes.remaining()) {
                size = bytes.remaining();
            }
            seal(bytes.slice(bytes.position(), size));
            bytes.position(bytes.position() + size);
        }
        return bytes.rewind();
    }

    private static void seal(ByteBuffer batch) {
        if (batch.get(BatchForge.MAGIC) == RecordBatch.MAGIC_VALUE_V2) {
            BatchForge.seal(batch);
            return;
        }
        CRC32 crc = new CRC32();
        crc.update(batch.slice(BatchForge.MAGIC, batch.remaining() - BatchForge.MAGIC));
        batch.putInt(BatchForge.LENGTH, batch.remaining() - BatchHeader.SIZE_KNOWN_AFTER);
        batch.putInt(BatchHeader.SIZE_KNOWN_AFTER, (int) crc.getValue());
    }
}
