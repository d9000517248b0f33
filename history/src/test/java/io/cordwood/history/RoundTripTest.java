package io.cordwood.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.history.batch.BatchBuilder;
import io.cordwood.history.batch.Packing;
import io.cordwood.history.batch.RebuiltBatches;
import io.cordwood.history.file.HistoryFile;
import io.cordwood.history.read.HistoryTail;
import io.cordwood.history.rows.Rows;
import io.cordwood.history.write.FileLayout;
import io.cordwood.history.write.FinishedFile;
import io.cordwood.store.object.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.junit.jupiter.api.Test;

class RoundTripTest {

    @Test
    void recordsOfEveryShapeComeBackAsTheyWereWithAllThatAClientCanTellOfThem() {
        for (long seed = 1; seed <= 15; seed++) {
            RandomLog log = RandomLog.of(seed, 150, 300);
            Shelf shelf = Shelf.of(log, Shelf.SMALL,
                    seed % 2 == 0 ? Packing.NONE : Packing.LZ4);
            int bytesMax = 500 + new Random(seed).nextInt(40_000);

            List<SeenRecord> seen = shelf.readFrom(log.baseOffset(), bytesMax);

            assertThat(seen).as("seed %d", seed).isEqualTo(log.seen());
        }
    }

    @Test
    void largeValuesComeBackToo() {
        RandomLog log = RandomLog.of(7, 15, 500_000);
        Shelf shelf = Shelf.of(log, FileLayout.STANDARD, Packing.LZ4);

        assertThat(shelf.readFrom(log.baseOffset(), 1 << 20)).isEqualTo(log.seen());
    }

    @Test
    void theFileSaysWhatItHolds() {
        for (long seed = 1; seed <= 10; seed++) {
            RandomLog log = RandomLog.of(seed, 100, 50);

            FinishedFile finished = Shelf.of(log, Shelf.SMALL, Packing.NONE).finished();
            HistoryFile file = finished.file();

            assertThat(file.baseOffset()).isEqualTo(log.baseOffset());
            assertThat(file.nextOffset()).isEqualTo(log.nextOffset());
            assertThat(file.records()).isEqualTo(log.seen().size());
            assertThat(finished.timestamps().maxMillis()).isEqualTo(log.seen().stream()
                    .filter(record -> !record.control())
                    .mapToLong(SeenRecord::timestampMillis).max().orElse(-1));
            assertThat(finished.rowGroups()).isGreaterThan(1);
        }
    }

    @Test
    void aFetchFromAnyOffsetBeginsThereAndTakesFewRequests() {
        for (long seed = 1; seed <= 8; seed++) {
            RandomLog log = RandomLog.of(seed, 200, 200);
            Shelf shelf = Shelf.of(log, Shelf.SMALL, Packing.NONE);
            HistoryTail tail = shelf.tail();
            List<SeenRecord> all = log.seen();
            Random random = new Random(seed);
            for (int i = 0; i < 40; i++) {
                long from = random.nextLong(log.baseOffset(), log.nextOffset());
                shelf.store().reset();

                RebuiltBatches fetched = shelf.fetch(tail, from, 1 + random.nextInt(9_000));

                assertThat(shelf.store().calls()).isLessThanOrEqualTo(2);
                assertThat(SeenRecord.of(fetched.batches())).as("seed %d from %d", seed, from)
                        .isEqualTo(all.stream().filter(record -> record.offset() >= from
                                && record.offset() < fetched.nextOffset()).toList());
                assertCovers(SeenRecord.batches(fetched.batches()), from,
                        fetched.nextOffset());
            }
        }
    }

    private static void assertCovers(List<RecordBatch> batches, long from, long nextOffset) {
        assertThat(batches).isNotEmpty();
        long next = from;
        for (RecordBatch batch : batches) {
            assertThat(batch.baseOffset()).isGreaterThanOrEqualTo(next);
            assertThat(batch.partitionLeaderEpoch()).isZero();
            next = batch.nextOffset();
        }
        assertThat(next).isEqualTo(nextOffset);
    }

    @Test
    void aFetchIsAboutAsLargeAsWanted() {
        RandomLog log = RandomLog.of(3, 3_000, 2_000);
        Shelf shelf = Shelf.of(log, FileLayout.STANDARD, Packing.NONE);
        HistoryTail tail = shelf.tail();
        shelf.store().reset();

        int size = shelf.fetch(tail, log.baseOffset() + 1_000, 1 << 20).size();

        assertThat(size).isBetween(900 << 10, 1100 << 10);
        assertThat(shelf.store().bytes(Operation.GET)).isLessThan(3 << 20);
    }

    @Test
    void theTailIsOneRequest() {
        Shelf shelf = Shelf.of(RandomLog.of(1, 200, 200), Shelf.SMALL, Packing.NONE);
        shelf.store().reset();

        HistoryTail tail = shelf.tail();

        assertThat(shelf.store().calls()).isEqualTo(1);
        assertThat(tail.rowGroups()).isEqualTo(shelf.finished().rowGroups());
    }

    @Test
    void theTailRemembersTheTransactionsThatWereAborted() {
        RandomLog log = RandomLog.of(5, 300, 20);
        Shelf shelf = Shelf.of(log, Shelf.SMALL, Packing.NONE);

        assertThat(log.aborted()).hasSizeGreaterThan(2);
        assertThat(shelf.tail().aborted()).isEqualTo(log.aborted());
    }

    @Test
    void keysCanHaveABloomFilter() {
        RandomLog log = RandomLog.of(2, 300, 100);
        FileLayout layout = Shelf.SMALL.withKeyFilter(FileLayout.KeyFilter.BLOOM);
        Shelf with = Shelf.of(log, layout, Packing.NONE);
        Shelf without = Shelf.of(log, Shelf.SMALL, Packing.NONE);

        assertThat(with.readFrom(log.baseOffset(), 50_000)).isEqualTo(log.seen());
        assertThat(with.finished().bytes().size())
                .isGreaterThan(without.finished().bytes().size())
                .isLessThan(without.finished().bytes().size() * 5 / 4);
    }
}
