package io.cordwood.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.history.batch.Packing;
import io.cordwood.history.batch.RebuiltBatches;
import io.cordwood.history.read.HistoryReader;
import io.cordwood.history.read.HistoryTail;
import io.cordwood.history.read.TimedOffset;
import io.cordwood.runtime.HeldWorkers;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.store.object.PoolWorkers;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
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
        HistoryReader reader = new HistoryReader(shelf.store(), workers, Packing.NONE);
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
            HistoryReader reader = new HistoryReader(shelf.store(), workers, Packing.LZ4);
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
    void aFileThatIsGoneIsMissing() {
        HistoryTail tail = shelf.tail();
        shelf.store().delete(tail.stored().key());

        assertThatThrownBy(shelf::tail).isInstanceOf(MissingObjectException.class);
        assertThatThrownBy(() -> shelf.fetch(tail, log.baseOffset(), 1))
                .isInstanceOf(MissingObjectException.class);
    }

    private List<SeenRecord> seen(long from, long end) {
        return log.seen().stream()
                .filter(record -> record.offset() >= from && record.offset() < end).toList();
    }
}
