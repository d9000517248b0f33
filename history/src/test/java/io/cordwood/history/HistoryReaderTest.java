package io.cordwood.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.history.batch.Packing;
import io.cordwood.history.batch.RebuiltBatches;
import io.cordwood.history.file.StoredHistory;
import io.cordwood.history.read.HistoryMemory;
import io.cordwood.history.read.HistoryReader;
import io.cordwood.history.read.HistoryTail;
import io.cordwood.history.read.PieceKey;
import io.cordwood.history.rows.Rows;
import io.cordwood.history.write.FileLayout;
import io.cordwood.runtime.DirectWorkers;
import io.cordwood.runtime.HeldWorkers;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.runtime.ValueCache;
import io.cordwood.store.batch.TimedOffset;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.Operation;
import io.cordwood.store.object.PoolWorkers;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HistoryReaderTest {

    private final RandomLog log = RandomLog.of(1, 100, 100);
    private final Shelf shelf = Shelf.of(log, Shelf.SMALL, Packing.NONE);

    @Test
    void whateverTakesTimeIsWorkForWorkers() {
        HeldWorkers workers = new HeldWorkers();
        HistoryReader reader = new HistoryReader(shelf.store(), workers, Packing.NONE,
                HistoryMemory.NONE);
        HistoryTail tail = shelf.tail();

        Future<HistoryTail> parsed = reader.tail(tail.stored());
        Future<RebuiltBatches> fetched = reader.fetch(tail, log.baseOffset(), 1_000);
        Future<Optional<TimedOffset>> found = reader.latest(tail, log.baseOffset());

        assertThat(List.of(parsed, fetched, found)).noneMatch(Future::isComplete);
        assertThat(workers.waiting()).isEqualTo(3);
        workers.work();
        assertThat(List.of(parsed, fetched, found)).allMatch(Future::succeeded);
    }

    @Test
    void aTailIsSharedByManyReadersAtOnce() throws InterruptedException {
        try (PoolWorkers workers = new PoolWorkers(4)) {
            HistoryReader reader = new HistoryReader(shelf.store(), workers, Packing.LZ4,
                    HistoryMemory.NONE);
            HistoryTail tail = shelf.tail();
            Random random = new Random(1);
            List<Long> offsets = new ArrayList<>();
            List<Future<RebuiltBatches>> fetches = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                offsets.add(random.nextLong(log.baseOffset(), log.nextOffset()));
                fetches.add(reader.fetch(tail, offsets.get(i), 3_000));
            }

            CountDownLatch done = new CountDownLatch(1);
            Future.join(fetches).onComplete(all -> done.countDown());

            assertThat(done.await(20, TimeUnit.SECONDS)).isTrue();
            for (int i = 0; i < fetches.size(); i++) {
                assertThat(SeenRecord.of(fetches.get(i).result().batches()))
                        .isEqualTo(seen(offsets.get(i), fetches.get(i).result().nextOffset()));
            }
        }
    }

    @Test
    void whatIsRememberedIsReadOnceForReadersAtAllOffsets() {
        RandomLog large = RandomLog.of(3, 1_000, 3_000);
        Shelf shelf = Shelf.of(large, FileLayout.STANDARD, Packing.NONE);
        Map<ObjectKey, Future<HistoryTail>> tails = new HashMap<>();
        Map<PieceKey, Future<Rows>> rows = new HashMap<>();
        HistoryReader reader = new HistoryReader(shelf.store(), new DirectWorkers(),
                Packing.NONE, new HistoryMemory(
                        (key, load) -> tails.computeIfAbsent(key, none -> load.get()),
                        (key, load) -> rows.computeIfAbsent(key, none -> load.get())));
        StoredHistory stored = shelf.tail().stored();
        shelf.store().reset();

        for (long offset = large.baseOffset(); offset < large.nextOffset(); offset += 997) {
            HistoryTail tail = Shelf.result(reader.tail(stored));
            RebuiltBatches fetched = Shelf.result(reader.fetch(tail, offset, 50_000));
            assertThat(SeenRecord.of(fetched.batches())).isEqualTo(
                    seen(large, offset, fetched.nextOffset()));
        }

        assertThat(tails).hasSize(1);
        assertThat(rows).hasSizeBetween(3, 6);
        assertThat(rows.values()).allSatisfy(
                piece -> assertThat(piece.result().sizeBytes()).isLessThan(4 << 20));
        assertThat(shelf.store().calls()).isLessThanOrEqualTo(1 + 3 * rows.size());
    }

    @Test
    void recordsBetweenTwoOffsetsAreAskedForAhead() {
        RandomLog large = RandomLog.of(3, 1_000, 3_000);
        Shelf shelf = Shelf.of(large, FileLayout.STANDARD, Packing.NONE);
        HistoryTail tail = shelf.tail();
        long fileBytes = tail.stored().file().shape().tail().position();
        long middle = (large.baseOffset() + large.nextOffset()) / 2;
        shelf.store().reset();

        shelf.reader().fetchAhead(tail, large.baseOffset(), middle);
        long half = shelf.store().bytes(Operation.GET);
        shelf.reader().fetchAhead(tail, middle, large.nextOffset());
        long all = shelf.store().bytes(Operation.GET);
        shelf.reader().fetchAhead(tail, large.nextOffset(), large.nextOffset() + 1);

        assertThat(half).isBetween(fileBytes / 3, fileBytes * 2 / 3);
        assertThat(all).isBetween(fileBytes - 1_000, fileBytes * 5 / 4);
        assertThat(shelf.store().bytes(Operation.GET)).isEqualTo(all);
    }

    @Test
    void whatFollowsIsUnpackedAhead() {
        Shelf shelf = Shelf.of(RandomLog.of(3, 1_000, 3_000), FileLayout.STANDARD, Packing.NONE);
        List<PieceKey> asked = new ArrayList<>();
        HistoryReader reader = new HistoryReader(shelf.store(), new DirectWorkers(),
                Packing.NONE, new HistoryMemory(ValueCache.none(), (key, load) -> {
                    asked.add(key);
                    return load.get();
                }));
        HistoryTail tail = shelf.tail();

        reader.unpackAhead(tail, tail.stored().file().baseOffset());
        reader.unpackAhead(tail, tail.stored().file().nextOffset() - 1);

        assertThat(asked).containsExactly(new PieceKey(tail.stored().key(), 1));
    }

    @Test
    void aFileThatIsGoneIsMissing() {
        HistoryTail tail = shelf.tail();
        shelf.store().delete(tail.stored().key());

        assertThatThrownBy(shelf::tail).isInstanceOf(MissingObjectException.class);
        assertThatThrownBy(() -> shelf.fetch(tail, log.baseOffset(), 1))
                .isInstanceOf(MissingObjectException.class);
    }

    private List<SeenRecord> seen(long from, long end) {
        return seen(log, from, end);
    }

    private static List<SeenRecord> seen(RandomLog log, long from, long end) {
        return log.seen().stream()
                .filter(record -> record.offset() >= from && record.offset() < end).toList();
    }
}
