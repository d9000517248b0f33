package io.cordwood.store.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.cordwood.runtime.AllocationBound;
import io.cordwood.runtime.RejectedException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.ByteBufferOutputStream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a client sends as a batch is rejected, or can be read and packed anew. The input is
 * judged as it is, with a checksum that fits, and once more with its records compressed.
 */
class ValidBatchFuzzTest {

    private static final BatchLimits LIMITS = new BatchLimits(64 << 10, 256 << 10);
    private static final BatchEncoder ENCODER = new BatchEncoder(
            new BatchLimits(16 << 20, 64 << 20));
    private static final AllocationBound BOUND = new AllocationBound(4 << 20);
    private static final int CODEC = 7;

    static Stream<Arguments> seeds() {
        RandomRecords random = new RandomRecords(new Random(42));
        List<LogRecord> few = random.records(3, 40);
        return Arrays.stream(CompressionType.values()).flatMap(codec -> {
            BatchForge forge = BatchForge.packing(codec);
            return Stream.of(
                    arguments(named(codec + ", a few records", bytes(forge.batch(few)))),
                    arguments(named(codec + ", time of the append",
                            bytes(forge.appendTimed().batch(few)))),
                    arguments(named(codec + ", to be packed", bytes(toBePacked(codec, few)))));
        });
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsAcceptedCanBeReadAndPackedAnew(byte[] input) {
        judge(ByteBuffer.wrap(input));
        if (input.length > BatchHeader.SIZE) {
            judge(BatchForge.seal(ByteBuffer.wrap(input.clone())));
            judge(packed(input));
        }
    }

    private static void judge(ByteBuffer bytes) {
        int size = bytes.remaining();

        Optional<ValidBatch> batch = BOUND.hold(() -> validate(bytes));

        assertThat(bytes.remaining()).isEqualTo(size);
        batch.ifPresent(ValidBatchFuzzTest::assertReadable);
    }

    private static Optional<ValidBatch> validate(ByteBuffer bytes) {
        try {
            return Optional.of(ValidBatch.of(bytes, LIMITS));
        } catch (RejectedException rejected) {
            return Optional.empty();
        }
    }

    private static void assertReadable(ValidBatch batch) {
        ByteBuffer stored = BatchForge.copy(batch.bytes());
        new BatchHeader(stored, 0).assign(100, 1);

        List<StoredRecord> read = BatchDecoder.records(stored, 0);

        TimestampRange timestamps = TimestampRange.EMPTY;
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i).offset()).isEqualTo(100 + i);
            timestamps = timestamps.include(read.get(i).record().timestampMillis());
        }
        assertThat(read).hasSize(batch.records());
        assertThat(timestamps).isEqualTo(batch.timestamps());
        assertThat(new BatchHeader(stored, 0).lastOffset()).isEqualTo(100 + read.size() - 1);
        List<LogRecord> records = read.stream().map(StoredRecord::record).toList();
        assertThat(packedAnew(records)).isEqualTo(records);
    }

    private static List<LogRecord> packedAnew(List<LogRecord> records) {
        List<LogRecord> read = new ArrayList<>();
        for (ValidBatch batch : ENCODER.encode(records)) {
            BatchDecoder.records(batch.bytes(), 0).forEach(stored -> read.add(stored.record()));
        }
        return read;
    }

    /** A batch that is not compressed, but says that it is. */
    private static ByteBuffer toBePacked(CompressionType codec, List<LogRecord> records) {
        ByteBuffer batch = BatchForge.packing(CompressionType.NONE).batch(records);
        return batch.putShort(BatchForge.ATTRIBUTES, codec.id);
    }

    /** The head of the input, and what follows it compressed as the head says. */
    private static ByteBuffer packed(byte[] input) {
        CompressionType[] codecs = CompressionType.values();
        CompressionType codec = codecs[(input[BatchForge.ATTRIBUTES + 1] & CODEC) % codecs.length];
        ByteBufferOutputStream batch = new ByteBufferOutputStream(1 << 10);
        batch.write(input, 0, BatchHeader.SIZE);
        try (OutputStream out = Compression.of(codec).build().wrapForOutput(batch,
                RecordBatch.MAGIC_VALUE_V2)) {
            out.write(input, BatchHeader.SIZE, input.length - BatchHeader.SIZE);
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
        return BatchForge.seal(batch.buffer().flip());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        return BatchForge.copy(buffer).array();
    }
}
