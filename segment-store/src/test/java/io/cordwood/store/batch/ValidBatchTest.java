package io.cordwood.store.batch;

import static io.cordwood.store.batch.RandomRecords.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.common.record.internal.CompressionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ValidBatchTest {

    private static final List<LogRecord> RECORDS = List.of(text(5, "k0", "v0"),
            text(9, "k1", "v1 v1 v1 v1 v1 v1 v1 v1 v1 v1 v1 v1 v1 v1 v1"), text(7, "k2", ""));

    private final BatchForge forge = BatchForge.packing(CompressionType.NONE);
    private final ByteBuffer good = forge.batch(RECORDS);

    @ParameterizedTest
    @EnumSource
    void everyCodecOfKafkaIsAccepted(CompressionType codec) {
        List<LogRecord> records = new RandomRecords(new Random(1)).records(300, 200);

        ValidBatch batch = accepted(BatchForge.packing(codec).batch(records));

        assertThat(batch.records()).isEqualTo(300);
        assertThat(BatchDecoder.records(batch.bytes(), 0)).extracting(StoredRecord::record)
                .containsExactlyElementsOf(records);
    }

    @Test
    void theSmallestAndTheLargestTimestampAreFound() {
        ValidBatch batch = accepted(good);

        assertThat(batch.timestamps())
                .isEqualTo(new TimestampRange(1_700_000_000_005L, 1_700_000_000_009L));
    }

    @Test
    void theTimeOfTheAppendIsTheTimeOfEveryRecord() {
        ValidBatch batch = accepted(forge.appendTimed().batch(RECORDS));

        assertThat(batch.timestamps())
                .isEqualTo(new TimestampRange(1_700_000_000_123L, 1_700_000_000_123L));
        assertThat(BatchDecoder.records(batch.bytes(), 0))
                .extracting(stored -> stored.record().timestampMillis())
                .containsOnly(1_700_000_000_123L);
    }

    @ParameterizedTest
    @EnumSource
    void aBatchIsStampedWithTheTimeOfItsAppendWhateverTheCodec(CompressionType codec) {
        List<LogRecord> records = new RandomRecords(new Random(1)).records(300, 200);
        ValidBatch batch = accepted(BatchForge.packing(codec).idempotent().batch(records));
        ByteBuffer before = BatchForge.copy(batch.bytes());

        ValidBatch stamped = batch.stampedAt(1_234_567);

        assertThat(batch.bytes()).isEqualTo(before);
        for (ValidBatch same : List.of(stamped, accepted(stamped.bytes()))) {
            assertThat(same.isStamped()).isTrue();
            assertThat(same.timestamps()).isEqualTo(new TimestampRange(1_234_567, 1_234_567));
            assertThat(same.records()).isEqualTo(300);
            assertThat(same.producer()).isEqualTo(batch.producer()).isPresent();
        }
        assertThat(BatchDecoder.records(stamped.bytes(), 0)).extracting(StoredRecord::record)
                .containsExactlyElementsOf(records.stream().map(it -> new LogRecord(1_234_567,
                        it.key(), it.value(), it.headers())).toList());
    }

    @Test
    void aRecordWithoutATimestampDoesNotHideWhenTheOthersAreDated() {
        LogRecord undated = new LogRecord(LogRecord.NO_TIMESTAMP, Optional.empty(),
                Optional.empty(), List.of());
        ValidBatch batch = accepted(forge.batch(List.of(undated, RECORDS.get(1), RECORDS.get(0))));

        assertThat(batch.timestamps().minMillis()).isEqualTo(LogRecord.NO_TIMESTAMP);
        assertThat(batch.datedTimestamps())
                .isEqualTo(new TimestampRange(1_700_000_000_005L, 1_700_000_000_009L));
        assertThat(accepted(forge.batch(List.of(undated))).datedTimestamps())
                .isEqualTo(TimestampRange.EMPTY);
    }

    @Test
    void aBatchIsKeyedIfEachOfItsRecordsHasAKey() {
        LogRecord keyless = new LogRecord(5, Optional.empty(), Optional.empty(), List.of());

        assertThat(accepted(good).isKeyed()).isTrue();
        assertThat(accepted(forge.batch(List.of(RECORDS.get(0), keyless))).isKeyed()).isFalse();
        assertThat(new BatchEncoder(BatchLimits.STANDARD).encode(List.of(keyless)).getFirst()
                .isKeyed()).isFalse();
        assertThat(new BatchEncoder(BatchLimits.STANDARD).encode(RECORDS).getFirst().isKeyed())
                .isTrue();
    }

    @Test
    void batchesOfIdempotentAndTransactionalProducersAreWellFormed() {
        assertThat(accepted(forge.idempotent().batch(RECORDS)).records()).isEqualTo(3);
        assertThat(accepted(forge.transactional().batch(RECORDS)).records()).isEqualTo(3);
    }

    @Test
    void offsetsAreRelativeWhateverTheBaseSays() {
        for (long base : new long[]{1, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            ByteBuffer moved = BatchForge.copy(good);
            moved.putLong(0, base);

            assertThat(accepted(moved).records()).isEqualTo(3);
        }
    }

    @Test
    void everyFlippedByteThatTheChecksumCoversIsFound() {
        for (int position = BatchForge.LENGTH; position < good.remaining(); position++) {
            if (position < 12 || position >= BatchForge.MAGIC) {
                ByteBuffer flipped = BatchForge.copy(good);
                flipped.put(position, (byte) (flipped.get(position) ^ 0x10));

                assertRejected(flipped, Reason.INVALID_RECORD);
            }
        }
    }

    @Test
    void everyCutIsFound() {
        for (int size = 0; size < good.remaining(); size++) {
            ByteBuffer cut = BatchForge.copy(good.duplicate().limit(size));

            assertRejected(cut, Reason.INVALID_RECORD);
        }
    }

    @Test
    void otherFormatsAreNotAccepted() {
        for (int magic : new int[]{0, 1, 3, 127, -1}) {
            ByteBuffer other = BatchForge.copy(good);
            other.put(BatchForge.MAGIC, (byte) magic);

            assertRejected(other, Reason.INVALID_RECORD);
        }
    }

    @Test
    void aBatchIsExactlyAsLongAsItSays() {
        for (int error : new int[]{-100, -61, -13, -1, 1, 2, Integer.MAX_VALUE - 500}) {
            ByteBuffer lying = BatchForge.copy(good);
            lying.putInt(BatchForge.LENGTH, lying.getInt(BatchForge.LENGTH) + error);

            assertRejected(lying, Reason.INVALID_RECORD);
        }
    }

    @Test
    void twoBatchesAreNotOne() {
        ByteBuffer two = ByteBuffer.allocate(2 * good.remaining()).put(good.duplicate())
                .put(good.duplicate()).flip();

        assertRejected(two, Reason.INVALID_RECORD);
    }

    @ParameterizedTest
    @EnumSource
    void aWrongCountIsFound(CompressionType codec) {
        ByteBuffer batch = BatchForge.packing(codec).batch(RECORDS);
        for (int count : new int[]{Integer.MIN_VALUE, -1, 0, 1, 2, 4, 1_000, Integer.MAX_VALUE}) {
            ByteBuffer lying = BatchForge.copy(batch);
            lying.putInt(BatchForge.COUNT, count);
            assertRejected(BatchForge.seal(lying), Reason.INVALID_RECORD);

            lying.putInt(BatchForge.LAST_OFFSET_DELTA, count - 1);
            assertRejected(BatchForge.seal(lying), Reason.INVALID_RECORD);
        }
    }

    @Test
    void aHeadWithoutRecordsIsNotABatch() {
        assertRejected(forge.claiming(0, new byte[0]), Reason.INVALID_RECORD);
        assertRejected(forge.claiming(1, new byte[0]), Reason.INVALID_RECORD);
    }

    @Test
    void recordsWhoseOffsetsAreNotConsecutiveAreNotAccepted() {
        byte[] first = record(0, 0);

        assertThat(accepted(forge.claiming(2, join(first, record(0, 1)))).records()).isEqualTo(2);
        for (int delta : new int[]{0, 2, -1, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            assertRejected(forge.claiming(2, join(first, record(0, delta))), Reason.INVALID_RECORD);
        }
        assertRejected(forge.claiming(1, record(0, 1)), Reason.INVALID_RECORD);
    }

    @Test
    void aGapAtTheEndIsNotAccepted() {
        ByteBuffer gap = BatchForge.copy(good);
        gap.putInt(BatchForge.LAST_OFFSET_DELTA, 3);

        assertRejected(BatchForge.seal(gap), Reason.INVALID_RECORD);
    }

    @Test
    void controlBatchesAreNotAccepted() {
        assertRejected(forge.control().batch(RECORDS.subList(0, 1)), Reason.INVALID_RECORD);
    }

    @Test
    void unknownCodecsAndCompactedBatchesAreNotAccepted() {
        for (int attribute : new int[]{5, 6, 7, 64}) {
            ByteBuffer odd = BatchForge.copy(good);
            odd.putShort(BatchForge.ATTRIBUTES, (short) attribute);

            assertRejected(BatchForge.seal(odd), Reason.INVALID_RECORD);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatFollowsTheLastRecordIsFound(CompressionType codec) {
        BatchForge packing = BatchForge.packing(codec);

        assertThat(accepted(packing.claiming(1, record(0, 0))).records()).isEqualTo(1);
        assertRejected(packing.claiming(1, join(record(0, 0), new byte[1])), Reason.INVALID_RECORD);
        assertRejected(packing.claiming(1, join(record(0, 0), record(0, 1))),
                Reason.INVALID_RECORD);
    }

    @ParameterizedTest
    @EnumSource
    void aLastRecordThatIsCutIsFound(CompressionType codec) {
        byte[] record = record(0, 0);
        for (int length = 0; length < record.length; length++) {
            ByteBuffer cut = BatchForge.packing(codec).claiming(1,
                    Arrays.copyOf(record, length));

            assertRejected(cut, Reason.INVALID_RECORD);
        }
    }

    @Test
    void aLargestTimestampThatIsNotOneIsFound() {
        for (long error : new long[]{-1, 1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            ByteBuffer lying = BatchForge.copy(good);
            lying.putLong(BatchForge.MAX_TIMESTAMP,
                    lying.getLong(BatchForge.MAX_TIMESTAMP) + error);

            assertRejected(BatchForge.seal(lying), Reason.INVALID_RECORD);
        }
    }

    @Test
    void timestampsThatHistoryCannotHoldAreNotAccepted() {
        for (long base : new long[]{-2, LogRecord.TIMESTAMP_MAX_MILLIS + 1, Long.MAX_VALUE,
                Long.MIN_VALUE}) {
            ByteBuffer batch = forge.claiming(1, record(0, 0));
            batch.putLong(BatchForge.BASE_TIMESTAMP, base).putLong(BatchForge.MAX_TIMESTAMP, base);
            assertRejected(BatchForge.seal(batch), Reason.INVALID_RECORD);
        }
        ByteBuffer overflowing = forge.claiming(1, record(1, 0));
        overflowing.putLong(BatchForge.BASE_TIMESTAMP, Long.MAX_VALUE)
                .putLong(BatchForge.MAX_TIMESTAMP, Long.MIN_VALUE);
        assertRejected(BatchForge.seal(overflowing), Reason.INVALID_RECORD);

        ByteBuffer appendTimed = forge.appendTimed().batch(RECORDS);
        appendTimed.putLong(BatchForge.MAX_TIMESTAMP, -2);
        assertRejected(BatchForge.seal(appendTimed), Reason.INVALID_RECORD);
    }

    @Test
    void theOutermostTimestampsAreAccepted() {
        for (long base : new long[]{LogRecord.NO_TIMESTAMP, 0, LogRecord.TIMESTAMP_MAX_MILLIS}) {
            ByteBuffer batch = forge.claiming(1, record(0, 0));
            batch.putLong(BatchForge.BASE_TIMESTAMP, base).putLong(BatchForge.MAX_TIMESTAMP, base);

            assertThat(accepted(BatchForge.seal(batch)).timestamps())
                    .isEqualTo(new TimestampRange(base, base));
        }
    }

    @Test
    void aBatchThatIsLargerThanTheLimitSaysSo() {
        ByteBuffer batch = BatchForge.copy(good);
        BatchLimits limits = new BatchLimits(batch.remaining() - 1, batch.remaining());

        assertThatThrownBy(() -> ValidBatch.of(batch, limits))
                .isInstanceOfSatisfying(RejectedException.class, rejected -> assertThat(
                        rejected.reason()).isEqualTo(Reason.RECORD_TOO_LARGE));
    }

    @Test
    void theBatchIsReadFromWhereItsBufferStandsAndTheBufferStays() {
        ByteBuffer surrounded = ByteBuffer.allocate(good.remaining() + 20).position(10)
                .put(good.duplicate()).flip().position(10);

        ValidBatch batch = accepted(surrounded);

        assertThat(batch.bytes()).isEqualTo(good);
        assertThat(surrounded.position()).isEqualTo(10);
        assertThat(batch.bytes().isReadOnly()).isTrue();
    }

    private static ValidBatch accepted(ByteBuffer batch) {
        return ValidBatch.of(batch, BatchLimits.STANDARD);
    }

    private static void assertRejected(ByteBuffer batch, Reason reason) {
        Throwable thrown = catchThrowable(() -> accepted(batch));

        assertThat(thrown).isInstanceOfSatisfying(RejectedException.class,
                rejected -> assertThat(rejected.reason()).isEqualTo(reason));
    }

    /** A record without key, value and headers, its deltas of any size. */
    private static byte[] record(int timestampDelta, int offsetDelta) {
        ByteBuffer body = ByteBuffer.allocate(20);
        body.put((byte) 0);
        varint(body, timestampDelta);
        varint(body, offsetDelta);
        varint(body, -1);
        varint(body, -1);
        varint(body, 0);
        ByteBuffer record = ByteBuffer.allocate(25);
        varint(record, body.position());
        record.put(body.flip());
        return BatchForge.copy(record.flip()).array();
    }

    private static void varint(ByteBuffer to, int value) {
        int rest = (value << 1) ^ (value >> 31);
        for (; (rest & ~0x7f) != 0; rest >>>= 7) {
            to.put((byte) ((rest & 0x7f) | 0x80));
        }
        to.put((byte) rest);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = new byte[first.length + second.length];
        IntStream.range(0, joined.length).forEach(i -> joined[i] = i < first.length
                ? first[i]
                : second[i - first.length]);
        return joined;
    }
}
