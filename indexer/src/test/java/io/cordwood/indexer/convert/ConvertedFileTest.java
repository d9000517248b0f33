package io.cordwood.indexer.convert;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.history.file.HistorySource;
import io.cordwood.history.write.FileLayout;
import io.cordwood.history.write.HistoryWriter;
import io.cordwood.history.write.RecordFilter;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.SegmentRef;
import io.cordwood.manifest.state.Tier;
import io.cordwood.runtime.DirectWorkers;
import io.cordwood.store.batch.BatchHeader;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.RandomRecords;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.SegmentForge;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ConvertedFileTest {

    private static final int BATCHES = 12;
    private static final FileLayout LAYOUT = new FileLayout(1 << 20, 64 << 10, 1_000,
            FileLayout.KeyFilter.NONE);

    private final RandomRecords random = new RandomRecords(new Random(1));
    private final List<Bytes> pieces = new ArrayList<>();
    private int batches;

    @Test
    void whatAFileHasGrownByIsGivenAwayAsItGrows() {
        ConvertedFile file = made(Selection.from(0));

        assertThat(file.finished()).isPresent();
        assertThat(pieces.stream().filter(piece -> piece.size() > 0).count()).isGreaterThan(3);
        assertThat(pieces.stream().mapToLong(Bytes::size).sum())
                .isEqualTo(file.finished().orElseThrow().file().shape().length());
    }

    @Test
    void nothingIsGivenAwayOfAFileThatNobodyNeeds() {
        ConvertedFile file = made(new Selection(RecordFilter.ALL, () -> false));

        assertThat(file.finished()).isEmpty();
        assertThat(file.stopped()).contains(new Converted.Unchanged());
        assertThat(pieces).allMatch(piece -> piece.size() == 0);
    }

    @Test
    void whatWasHeldBackIsGivenAwayWhenTheFileTurnsOutToBeNeeded() {
        ConvertedFile file = made(new Selection(RecordFilter.ALL, () -> batches > BATCHES / 2));

        assertThat(pieces.subList(0, BATCHES / 2)).allMatch(piece -> piece.size() == 0);
        assertThat(pieces.stream().mapToLong(Bytes::size).sum())
                .isEqualTo(file.finished().orElseThrow().file().shape().length());
    }

    /** Goes through all steps. */
    private ConvertedFile made(Selection selection) {
        HistoryWriter writer = new HistoryWriter(
                new HistorySource("orders", new PartitionId(new UUID(1, 1), 0), List.of()), 0,
                List.of(), LAYOUT);
        ConvertedFile file = new ConvertedFile(writer, selection, BATCHES,
                List.of(new ConvertedFile.Source(run(), this::nextBatch)), new DirectWorkers());
        Future<Bytes> step = file.step();
        while (step.succeeded()) {
            pieces.add(step.result());
            step = file.finished().isPresent() ? Future.failedFuture("done") : file.step();
        }
        return file;
    }

    private Future<Optional<ByteBuffer>> nextBatch() {
        if (batches == BATCHES) {
            return Future.succeededFuture(Optional.empty());
        }
        ByteBuffer stored = SegmentForge.batch(List.of(new LogRecord(batches, Optional.empty(),
                Optional.of(random.noise(700_000)), List.of()))).bytes();
        ByteBuffer batch = ByteBuffer.allocate(stored.remaining()).put(stored.duplicate()).flip();
        new BatchHeader(batch, 0).assign(batches++, 0);
        return Future.succeededFuture(Optional.of(batch));
    }

    private static Run run() {
        return new Run(SegmentRef.stored(new UUID(2, 2), new ByteRange(1, 1), Tier.LOG), 32, 1, 0,
                BATCHES, 0, 0);
    }
}
