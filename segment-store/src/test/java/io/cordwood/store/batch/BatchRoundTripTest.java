package io.cordwood.store.batch;

import static io.cordwood.store.batch.RandomRecords.text;
import static io.cordwood.store.batch.RandomRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.runtime.RejectedException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.junit.jupiter.api.Test;

class BatchRoundTripTest {

    private static final BatchLimits LIMITS = BatchLimits.STANDARD;

    private final BatchEncoder encoder = new BatchEncoder(LIMITS);

    @Test
    void anAbsentKeyOrValueIsNotAnEmptyOne() {
        LogRecord absent = new LogRecord(1, Optional.empty(), Optional.empty(), List.of());
        LogRecord empty = new LogRecord(2, Optional.of(utf8("")), Optional.of(utf8("")), List.of());

        List<StoredRecord> read = decoded(encoder.encode(List.of(absent, empty)));

        assertThat(read).containsExactly(new StoredRecord(0, absent), new StoredRecord(1, empty));
    }

    @Test
    void headersKeepTheirOrderTheirRepetitionsAndTheirAbsentValues() {
        LogRecord record = new LogRecord(1, Optional.empty(), Optional.of(utf8("v")), List.of(
                new RecordHeader("a", Optional.of(utf8("1"))),
                new RecordHeader("b", Optional.empty()),
                new RecordHeader("a", Optional.of(utf8("2"))),
                new RecordHeader("", Optional.of(utf8("")))));

        List<StoredRecord> read = decoded(encoder.encode(List.of(record)));

        assertThat(read).containsExactly(new StoredRecord(0, record));
    }

    @Test
    void aViewThatCannotBeWrittenIsPackedLikeTheBytesItShows() {
        ByteBuffer bytes = new RandomRecords(new Random(1)).noise(3_000);
        ByteBuffer view = ByteBuffer.allocate(5_000).put(1_000, bytes, 0, 3_000)
                .slice(1_000, 3_000).asReadOnlyBuffer();

        List<ValidBatch> ofBytes = encoder.encode(List.of(new LogRecord(1,
                Optional.of(utf8("k")), Optional.of(bytes), List.of())));
        List<ValidBatch> ofView = encoder.encode(List.of(new LogRecord(1,
                Optional.of(utf8("k").asReadOnlyBuffer()), Optional.of(view), List.of())));

        assertThat(ofView).extracting(ValidBatch::bytes)
                .containsExactlyElementsOf(ofBytes.stream().map(ValidBatch::bytes).toList());
        assertThat(view.remaining()).isEqualTo(3_000);
    }

    @Test
    void recordsOfEveryShapeComeBackAsTheyWereInTheirOrder() {
        for (long seed = 1; seed <= 200; seed++) {
            RandomRecords random = new RandomRecords(new Random(seed));
            List<LogRecord> records = random.records(1 + (int) (seed % 60), 1_000);

            List<ValidBatch> batches = encoder.encode(records);

            assertThat(decoded(batches)).as("seed %d", seed).extracting(StoredRecord::record)
                    .containsExactlyElementsOf(records);
            batches.forEach(batch -> assertSelfDescription(batch, LIMITS));
        }
    }

    @Test
    void recordsThatDoNotFitOneBatchAreSplitAtTheLimitAndStayInOrder() {
        BatchLimits limits = new BatchLimits(2_000, 2_000);
        for (long seed = 1; seed <= 100; seed++) {
            List<LogRecord> records = new RandomRecords(new Random(seed)).records(50, 900);

            List<ValidBatch> batches = new BatchEncoder(limits).encode(records);

            assertThat(batches).as("seed %d", seed).hasSizeGreaterThan(5);
            batches.forEach(batch -> assertSelfDescription(batch, limits));
            assertThat(decoded(batches)).as("seed %d", seed).extracting(StoredRecord::record)
                    .containsExactlyElementsOf(records);
        }
    }

    @Test
    void asFewBatchesAsTheLimitAllows() {
        List<LogRecord> records = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            records.add(text(i, "k", "v".repeat(80)));
        }

        List<ValidBatch> batches = new BatchEncoder(new BatchLimits(2_500, 2_500)).encode(records);

        assertThat(batches).hasSize(5);
    }

    @Test
    void noBatchIsLargerThanTheLimitEvenIfNothingCompresses() {
        RandomRecords random = new RandomRecords(new Random(1));
        for (int size = LIMITS.sizeMax() - 100; size < LIMITS.sizeMax(); size++) {
            LogRecord record = new LogRecord(1, Optional.empty(), Optional.of(random.noise(size)),
                    List.of());

            Optional<ValidBatch> batch = encodedIfItFits(record);

            batch.ifPresent(valid -> assertSelfDescription(valid, LIMITS));
        }
    }

    @Test
    void aRecordThatAloneIsTooLargeIsRejectedAndNoneOfItsCompanionsIsPacked() {
        LogRecord small = text(0, "k", "v");
        LogRecord large = new LogRecord(1, Optional.empty(),
                Optional.of(ByteBuffer.allocate(LIMITS.sizeMax())), List.of());

        assertThatThrownBy(() -> encoder.encode(List.of(small, large)))
                .isInstanceOfSatisfying(RejectedException.class, rejected -> assertThat(
                        rejected.reason()).isEqualTo(RejectedException.Reason.RECORD_TOO_LARGE));
    }

    @Test
    void nothingCannotBePacked() {
        assertThatThrownBy(() -> encoder.encode(List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void textIsPackedAndWhatIsShortIsNot() {
        List<ValidBatch> packed = encoder.encode(List.of(text(0, "k", "word ".repeat(1_000))));
        List<ValidBatch> plain = encoder.encode(List.of(text(0, "k", "word ".repeat(50))));

        assertThat(packed.getFirst().size()).isLessThan(500);
        assertThat(plain.getFirst().size()).isGreaterThan(BatchHeader.SIZE + 250);
    }

    @Test
    void whatHardlyCompressesIsLeftAsItIs() {
        RandomRecords random = new RandomRecords(new Random(1));
        for (int noise : List.of(500, 10_000, 200_000)) {
            ByteBuffer value = ByteBuffer.allocate(noise + noise / 20)
                    .put(random.noise(noise).duplicate()).rewind();

            ValidBatch batch = encoder.encode(List.of(new LogRecord(1, Optional.empty(),
                    Optional.of(value), List.of()))).getFirst();

            assertThat(batch.size()).isGreaterThan(BatchHeader.SIZE + value.remaining());
            assertSelfDescription(batch, LIMITS);
        }
    }

    @Test
    void aBatchIsWhatKafkaMakesOfTheRecords() {
        for (long seed = 1; seed <= 100; seed++) {
            List<LogRecord> records = new RandomRecords(new Random(seed)).records(1 + (int) (seed
                    % 7), 40);
            ByteBuffer batch = encoder.encode(records).getFirst().bytes();

            if (batch.remaining() < BatchEncoder.PACKED_SIZE_MIN) {
                assertThat(batch).as("seed %d", seed).isEqualTo(byKafka(records));
            }
        }
    }

    private static ByteBuffer byKafka(List<LogRecord> records) {
        return MemoryRecords.withRecords(Compression.NONE, records.stream()
                .map(record -> new SimpleRecord(record.timestampMillis(),
                        record.key().map(ByteBuffer::duplicate).orElse(null),
                        record.value().map(ByteBuffer::duplicate).orElse(null),
                        record.headers().stream().map(BatchRoundTripTest::header)
                                .toArray(Header[]::new)))
                .toArray(SimpleRecord[]::new)).buffer();
    }

    private static Header header(RecordHeader header) {
        return new org.apache.kafka.common.header.internals.RecordHeader(header.key(),
                header.value().map(BatchRoundTripTest::array).orElse(null));
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private Optional<ValidBatch> encodedIfItFits(LogRecord record) {
        try {
            return Optional.of(encoder.encode(List.of(record)).getFirst());
        } catch (RejectedException tooLarge) {
            return Optional.empty();
        }
    }

    /** What an encoder says of its batch is what a suspicious reader finds out. */
    private static void assertSelfDescription(ValidBatch batch, BatchLimits limits) {
        ValidBatch checked = ValidBatch.of(batch.bytes(), limits);

        assertThat(checked.records()).isEqualTo(batch.records());
        assertThat(checked.timestamps()).isEqualTo(batch.timestamps());
        assertThat(checked.size()).isEqualTo(batch.size()).isLessThanOrEqualTo(limits.sizeMax());
    }

    private static List<StoredRecord> decoded(List<ValidBatch> batches) {
        List<StoredRecord> all = new ArrayList<>();
        for (ValidBatch batch : batches) {
            all.addAll(BatchDecoder.records(batch.bytes(), 0));
        }
        return all;
    }
}
