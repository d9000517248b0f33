package io.cordwood.history;

import static io.cordwood.store.batch.RandomRecords.text;
import static io.cordwood.store.batch.RandomRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.history.batch.Packing;
import io.cordwood.history.file.FileShape;
import io.cordwood.history.file.HistoryFile;
import io.cordwood.history.write.FinishedFile;
import io.cordwood.store.batch.AbortedTransaction;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.RecordHeader;
import io.cordwood.store.batch.TimedOffset;
import io.cordwood.store.batch.TimestampRange;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.segment.GoldenFile;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.record.internal.CompressionType;
import org.junit.jupiter.api.Test;

/**
 * A file that was written once, by version 1.18.1 of Parquet's library, is readable for ever. What
 * is written today may differ in bytes, for libraries learn to pack; but every reader must read it.
 */
class HistoryGoldenTest {

    static final long BASE_OFFSET = 100;
    static final long NEXT_OFFSET = 130;
    static final List<AbortedTransaction> ABORTED = List.of(new AbortedTransaction(7, 110, 112));

    private static final HistoryFile FILE = new HistoryFile(BASE_OFFSET, NEXT_OFFSET, 7,
            new FileShape(new ByteRange(864, 3_213 - 864), -759_174_957));

    private final Shelf shelf = Shelf.holding(
            new FinishedFile(Bytes.of(new GoldenFile("history-v1.parquet").bytes()), FILE,
                    TimestampRange.EMPTY, 1),
            Packing.NONE);

    @Test
    void itsRecordsAreReadAsTheyEverWere() {
        List<SeenRecord> written = batches().stream()
                .flatMap(batch -> SeenRecord.of(batch).stream()).toList();

        assertThat(shelf.readFrom(BASE_OFFSET, 1 << 20)).isEqualTo(written);
    }

    @Test
    void itsTimesAndTransactionsAreReadAsTheyEverWere() {
        assertThat(shelf.tail().aborted()).isEqualTo(ABORTED);
        assertThat(Shelf.result(shelf.reader().latest(shelf.tail(), BASE_OFFSET)))
                .hasValue(new TimedOffset(120, BatchSpec.APPENDED_MILLIS + 120));
    }

    /** What was written. */
    static List<ByteBuffer> batches() {
        BatchSpec producer = BatchSpec.PLAIN.of(7, 1, Integer.MAX_VALUE).inTransaction();
        return List.of(
                BatchSpec.PLAIN.at(100)
                        .add(100, new LogRecord(LogRecord.NO_TIMESTAMP, Optional.empty(),
                                Optional.of(utf8("")), List.of(
                                        new RecordHeader("a", Optional.of(utf8("1"))),
                                        new RecordHeader("b", Optional.empty()),
                                        new RecordHeader("a", Optional.of(utf8(""))))))
                        .add(105, new LogRecord(0, Optional.of(utf8("")), Optional.empty(),
                                List.of()))
                        .build(),
                producer.at(110).add(110, text(2, "k", "v")).add(111, text(1, "k", "w")).build(),
                producer.end(112, false),
                BatchSpec.PLAIN.with(CompressionType.LZ4).stamped().at(120)
                        .add(120, text(0, "höhe", "日本")).add(121, text(0, "k", "v")).build());
    }
}
