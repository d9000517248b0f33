package io.cordwood.history;

import static io.cordwood.store.batch.RandomRecords.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.history.batch.Packing;
import io.cordwood.history.batch.RebuiltBatches;
import io.cordwood.history.write.FinishedFile;
import io.cordwood.store.batch.AbortedTransaction;
import io.cordwood.store.batch.BatchDecoder;
import io.cordwood.store.batch.StoredRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.junit.jupiter.api.Test;

class RebuiltBatchesTest {

    private static final BatchSpec PLAIN = BatchSpec.PLAIN;

    @Test
    void smallBatchesThatShareAHeadBecomeOne() {
        List<ByteBuffer> batches = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            batches.add(one(PLAIN, i));
        }

        assertThat(rebuilt(batches)).hasSize(1);
    }

    @Test
    void anotherProducerBeginsAnotherBatch() {
        List<RecordBatch> rebuilt = rebuilt(List.of(one(PLAIN.of(1, 0, 0), 0),
                one(PLAIN.of(2, 0, 1), 1), one(PLAIN.of(2, 1, 2), 2), one(PLAIN, 3)));

        assertThat(rebuilt).extracting(RecordBatch::producerId).containsExactly(1L, 2L, 2L, -1L);
        assertThat(rebuilt).extracting(RecordBatch::producerEpoch)
                .containsExactly((short) 0, (short) 0, (short) 1, (short) -1);
    }

    @Test
    void aSequenceThatGoesOnStaysInItsBatchAndOneThatJumpsBeginsAnother() {
        List<RecordBatch> rebuilt = rebuilt(List.of(
                one(PLAIN.of(1, 0, Integer.MAX_VALUE), 0), one(PLAIN.of(1, 0, 0), 1),
                one(PLAIN.of(1, 0, 1), 2), one(PLAIN.of(1, 0, 7), 3)));

        assertThat(rebuilt).extracting(RecordBatch::baseSequence)
                .containsExactly(Integer.MAX_VALUE, 7);
        assertThat(rebuilt).extracting(RecordBatch::lastSequence).containsExactly(1, 7);
    }

    @Test
    void aTimeOfTheAppendIsThatOfAWholeBatch() {
        List<RecordBatch> rebuilt = rebuilt(List.of(one(PLAIN, 0), one(PLAIN.stamped(), 1),
                one(PLAIN.stamped(), 2), one(PLAIN, 3)));

        assertThat(rebuilt).extracting(RecordBatch::maxTimestamp).containsExactly(
                text(0, "", "").timestampMillis(), BatchSpec.APPENDED_MILLIS + 1,
                BatchSpec.APPENDED_MILLIS + 2, text(3, "", "").timestampMillis());
    }

    @Test
    void aControlRecordIsAloneInItsBatch() {
        BatchSpec transactional = PLAIN.of(1, 0, 0).inTransaction();
        List<RecordBatch> rebuilt = rebuilt(List.of(one(transactional, 0),
                transactional.end(1, true), transactional.end(2, false), one(PLAIN, 3)));

        assertThat(rebuilt).extracting(RecordBatch::isControlBatch)
                .containsExactly(false, true, true, false);
        assertThat(rebuilt).extracting(RecordBatch::isTransactional)
                .containsExactly(true, true, true, false);
    }

    @Test
    void whatWasAbortedIsNeverInABatchWithWhatWasNotEvenIfNothingStandsBetween() {
        BatchSpec transactional = PLAIN.of(7, 0, 0).inTransaction();
        FinishedFile file = Shelf.write(List.of(one(transactional, 0),
                one(PLAIN.of(7, 0, 1).inTransaction(), 1), transactional.end(2, false)), 0, 3,
                List.of(new AbortedTransaction(7, 1, 2)), Shelf.SMALL);
        Shelf shelf = Shelf.holding(file, Packing.NONE);

        List<RecordBatch> rebuilt = SeenRecord
                .batches(shelf.fetch(shelf.tail(), 0, 1 << 20).batches());

        assertThat(rebuilt).extracting(RecordBatch::baseOffset).containsExactly(0L, 1L, 2L);
    }

    @Test
    void whatIsMissingBetweenRecordsShowsInTheirOffsets() {
        Shelf shelf = Shelf.of(List.of(one(PLAIN, 10), one(PLAIN, 17),
                one(PLAIN, 10_000_000_000L)));

        assertThat(shelf.readFrom(11, 1 << 20)).extracting(SeenRecord::offset)
                .containsExactly(17L, 10_000_000_000L);
    }

    @Test
    void whatIsMissingAtTheEndIsABatchOfNothing() {
        Shelf shelf = Shelf.holding(Shelf.write(List.of(one(PLAIN, 10)), 10, 10_000_000_001L,
                List.of(), Shelf.SMALL), Packing.NONE);

        RebuiltBatches all = shelf.fetch(shelf.tail(), 10, 1 << 20);
        RebuiltBatches rest = shelf.fetch(shelf.tail(), 5_000, 1 << 20);

        assertThat(all.nextOffset()).isEqualTo(10_000_000_001L);
        assertThat(SeenRecord.of(all.batches())).extracting(SeenRecord::offset)
                .containsExactly(10L);
        assertThat(rest.nextOffset()).isEqualTo(10_000_000_001L);
        assertThat(SeenRecord.of(rest.batches())).isEmpty();
        assertThat(SeenRecord.batches(rest.batches()).getFirst().baseOffset()).isEqualTo(5_000);
    }

    @Test
    void aFileMayHoldNothingAtAll() {
        Shelf shelf = Shelf.of(List.of(PLAIN.empty(10, 19)));

        assertThat(shelf.finished().file().records()).isZero();
        assertThat(shelf.readFrom(12, 1)).isEmpty();
        assertThat(Shelf.result(shelf.reader().latest(shelf.tail(), 10))).isEmpty();
    }

    @Test
    void theFirstRecordIsThereWhateverItsSize() {
        Shelf shelf = Shelf.of(List.of(PLAIN.at(10)
                .add(10, text(0, "k", "v".repeat(100_000)))
                .add(11, text(0, "k", "v".repeat(100_000))).build()));

        RebuiltBatches fetched = shelf.fetch(shelf.tail(), 10, 1);

        assertThat(fetched.nextOffset()).isEqualTo(11);
        assertThat(fetched.size()).isGreaterThan(100_000);
    }

    @Test
    void ourOwnDecoderReadsThemToo() {
        RandomLog log = RandomLog.of(4, 50, 500);
        Shelf shelf = Shelf.of(log, Shelf.SMALL, Packing.LZ4);

        List<StoredRecord> records = BatchDecoder.records(
                shelf.fetch(shelf.tail(), log.baseOffset(), 1 << 20).batches(), 0);

        assertThat(records).isNotEmpty().extracting(StoredRecord::offset)
                .allMatch(offset -> log.seen().stream()
                        .anyMatch(record -> record.offset() == offset && !record.control()));
    }

    @Test
    void recordsArePackedWhereThatSavesSomething() {
        ByteBuffer large = PLAIN.at(0).add(0, text(0, "k", "v".repeat(5_000))).build();
        FinishedFile file = Shelf.write(List.of(large, one(PLAIN.of(1, 1, 1), 1)), 0, 2,
                List.of(), Shelf.SMALL);
        Shelf shelf = Shelf.holding(file, Packing.LZ4);

        List<RecordBatch> rebuilt = SeenRecord
                .batches(shelf.fetch(shelf.tail(), 0, 1 << 20).batches());

        assertThat(rebuilt).extracting(RecordBatch::compressionType)
                .containsExactly(CompressionType.LZ4, CompressionType.NONE);
    }

    @Test
    void anOffsetThatTheFileDoesNotCoverIsAMistakeOfTheCaller() {
        Shelf shelf = Shelf.of(List.of(one(PLAIN, 10)));

        assertThatThrownBy(() -> shelf.fetch(shelf.tail(), 11, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static ByteBuffer one(BatchSpec spec, long offset) {
        return spec.at(offset).add(offset, text(offset, "k", "v")).build();
    }

    private static List<RecordBatch> rebuilt(List<ByteBuffer> batches) {
        Shelf shelf = Shelf.of(batches);
        return SeenRecord.batches(shelf.fetch(shelf.tail(),
                shelf.finished().file().baseOffset(), 1 << 20).batches());
    }
}
