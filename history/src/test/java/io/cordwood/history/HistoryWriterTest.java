package io.cordwood.history;

import static io.cordwood.store.batch.RandomRecords.text;
import static io.cordwood.store.batch.RandomRecords.utf8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.history.batch.Packing;
import io.cordwood.history.write.AppendOutcome;
import io.cordwood.history.write.AppendOutcome.Appended;
import io.cordwood.history.write.AppendOutcome.Unconvertible;
import io.cordwood.history.write.FileLayout;
import io.cordwood.history.write.FinishedFile;
import io.cordwood.history.write.HistoryWriter;
import io.cordwood.runtime.CorruptException;
import io.cordwood.store.batch.AbortedTransaction;
import io.cordwood.store.batch.BatchForge;
import io.cordwood.store.batch.BatchHeader;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.RandomRecords;
import io.cordwood.store.batch.RecordHeader;
import io.cordwood.store.object.Bytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.kafka.common.record.internal.CompressionType;
import org.junit.jupiter.api.Test;

class HistoryWriterTest {

    private final HistoryWriter writer = new HistoryWriter(Shelf.SOURCE, 10, List.of(),
            FileLayout.STANDARD);

    @Test
    void aBatchIsTakenAndItsBytesMayThenBeUsedForSomethingElse() {
        ByteBuffer batch = one(10, "value");
        AppendOutcome outcome = writer.append(batch);
        while (batch.hasRemaining()) {
            batch.put((byte) 0);
        }

        assertThat(outcome).isEqualTo(new Appended(1));
        assertThat(writer.nextOffset()).isEqualTo(11);
        assertThat(Shelf.holding(writer.finish(11), Packing.NONE).readFrom(10, 1))
                .isEqualTo(SeenRecord.of(one(10, "value")));
    }

    @Test
    void recordsThatAreNotKeptLeaveTheirOffsetsOut() {
        for (int i = 10; i < 16; i++) {
            writer.append(one(i, "value"), (record, role) -> record.offset() % 2 == 0);
        }

        FinishedFile finished = writer.finish(16);

        assertThat(finished.file().records()).isEqualTo(3);
        assertThat(Shelf.holding(finished, Packing.NONE).readFrom(10, 1 << 20))
                .extracting(SeenRecord::offset).containsExactly(10L, 12L, 14L);
    }

    @Test
    void aFileOfNoRecordsIsStillReadToItsEnd() {
        writer.append(one(10, "value"), (record, role) -> false);
        FinishedFile finished = writer.finish(11);

        assertThat(finished.file().records()).isZero();
        assertThat(Shelf.holding(finished, Packing.NONE).readFrom(10, 1)).isEmpty();
    }

    @Test
    void whatARecordIsToReadersIsSaidWhenItIsAskedFor() {
        BatchSpec transactional = BatchSpec.PLAIN.of(7, 0, 0).inTransaction();
        HistoryWriter ofAborted = new HistoryWriter(Shelf.SOURCE, 10,
                List.of(new AbortedTransaction(7, 11, 12)), FileLayout.STANDARD);
        List<String> asked = new ArrayList<>();

        for (ByteBuffer batch : List.of(one(10, "value"),
                transactional.at(11).add(11, text(0, "k", "lost")).build(),
                transactional.end(12, false))) {
            ofAborted.append(batch, (record, role) -> asked.add(record.offset() + " " + role));
        }

        assertThat(asked).containsExactly("10 DATA", "11 ABORTED", "12 CONTROL");
    }

    @Test
    void aHeaderWhoseNameIsNoTextCannotBeConvertedWhateverTheCodec() {
        for (CompressionType codec : CompressionType.values()) {
            assertThat(writer.append(withHeaderNamed(codec, new byte[]{'h', (byte) 0xc3})))
                    .as(codec.name).isInstanceOfSatisfying(Unconvertible.class,
                            it -> assertThat(it.reason()).contains("offset 10", "no text"));
        }
    }

    @Test
    void aTimeThatIsTooLargeForMicrosecondsCannotBeConverted() {
        ByteBuffer batch = one(10, "value");
        batch.putLong(27, LogRecord.TIMESTAMP_MAX_MILLIS + 1);
        batch.putLong(35, LogRecord.TIMESTAMP_MAX_MILLIS + 1);

        assertThat(writer.append(BatchForge.seal(batch))).isInstanceOf(Unconvertible.class);
    }

    @Test
    void whatWasStoredButCannotBeUnpackedCannotBeConverted() {
        ByteBuffer batch = BatchForge.packing(CompressionType.GZIP).claimingPacked(3,
                utf8("no gzip at all"));
        batch.putLong(0, 10);

        assertThat(writer.append(batch)).isInstanceOf(Unconvertible.class);
    }

    @Test
    void afterABatchThatCannotBeConvertedTheFileCanStillBeFinished() {
        writer.append(one(10, "before"));
        AppendOutcome refused = writer
                .append(withHeaderNamed(CompressionType.NONE, new byte[]{-1}).putLong(0, 11));

        FinishedFile finished = writer.finish(writer.nextOffset());

        assertThat(refused).isInstanceOf(Unconvertible.class);
        assertThat(finished.file().nextOffset()).isEqualTo(11);
        assertThat(finished.file().records()).isEqualTo(1);
    }

    @Test
    void aBatchThatIsNotWhatWasStoredIsCorrupt() {
        ByteBuffer batch = one(10, "value");
        for (int i = 8; i < batch.limit(); i++) {
            if (i >= 12 && i < 16) {
                continue;
            }
            ByteBuffer changed = BatchForge.copy(batch);
            changed.put(i, (byte) (changed.get(i) ^ 1));

            assertThatThrownBy(() -> writer.append(changed)).as("byte %d", i)
                    .isInstanceOf(CorruptException.class);
        }
        assertThatThrownBy(() -> writer.append(batch.slice(0, 60)))
                .isInstanceOf(CorruptException.class);
    }

    @Test
    void batchesComeInTheirOrder() {
        writer.append(one(20, "value"));

        assertThatThrownBy(() -> writer.append(one(20, "value")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.finish(20)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theSizeOfTheFileIsKnownWhileItGrows() {
        RandomRecords random = new RandomRecords(new Random(1));
        for (int i = 0; i < 2_000; i++) {
            writer.append(BatchSpec.PLAIN.at(10 + i).add(10 + i, new LogRecord(i,
                    Optional.empty(), Optional.of(random.noise(20_000)), List.of())).build());
        }
        long announced = writer.sizeBytes();

        FinishedFile finished = writer.finish(writer.nextOffset());

        assertThat(announced).isBetween(40_000_000L, finished.bytes().size() * 11L / 10);
        assertThat(finished.rowGroups()).isEqualTo(3);
        assertThat(finished.file().shape().length()).isEqualTo(finished.bytes().size());
    }

    @Test
    void aFileThatIsTakenPieceByPieceIsTheSameFile() {
        FinishedFile whole = written(none -> {});
        List<Bytes> taken = new ArrayList<>();

        FinishedFile rest = written(it -> taken.add(it.take()));

        taken.add(rest.bytes());
        assertThat(taken).filteredOn(piece -> piece.size() > 1 << 20).hasSizeGreaterThan(1);
        assertThat(Bytes.of(taken.stream().flatMap(piece -> piece.slices().stream()).toList())
                .copy()).isEqualTo(whole.bytes().copy());
        assertThat(rest.file()).isEqualTo(whole.file());
    }

    @Test
    void whatPacksWellStillMakesRowGroupsThatAreNotLargeWhenUnpacked() {
        for (int i = 0; i < 150; i++) {
            writer.append(one(10 + i, "v".repeat(1 << 20)));
        }

        assertThat(writer.finish(writer.nextOffset()).rowGroups()).isEqualTo(3);
    }

    /** A file of several row groups. */
    private static FinishedFile written(Consumer<HistoryWriter> afterEach) {
        HistoryWriter writer = new HistoryWriter(Shelf.SOURCE, 10, List.of(),
                new FileLayout(4 << 20, 256 << 10, 4_000, FileLayout.KeyFilter.BLOOM));
        RandomRecords random = new RandomRecords(new Random(1));
        for (int i = 0; i < 600; i++) {
            writer.append(BatchSpec.PLAIN.at(10 + i).add(10 + i, new LogRecord(i,
                    Optional.empty(), Optional.of(random.noise(20_000)), List.of())).build());
            afterEach.accept(writer);
        }
        return writer.finish(writer.nextOffset());
    }

    private static ByteBuffer one(long offset, String value) {
        return BatchSpec.PLAIN.at(offset).add(offset, text(0, "k", value)).build();
    }

    /** A batch at offset 10 of one record with a header of one value. */
    private static ByteBuffer withHeaderNamed(CompressionType codec, byte[] name) {
        String stand = "n".repeat(name.length);
        ByteBuffer batch = BatchSpec.PLAIN.at(10).add(10, new LogRecord(0, Optional.empty(),
                Optional.empty(), List.of(new RecordHeader(stand, Optional.empty())))).build();
        byte[] bytes = BatchForge.copy(batch).array();
        int position = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(stand);
        System.arraycopy(name, 0, bytes, position, name.length);
        return BatchForge.packing(codec)
                .claiming(1, Arrays.copyOfRange(bytes, BatchHeader.SIZE, bytes.length))
                .putLong(0, 10);
    }
}
