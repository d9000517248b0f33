package io.cordwood.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.history.batch.Packing;
import io.cordwood.history.read.HistoryTail;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.TimedOffset;
import io.cordwood.store.batch.TimestampRange;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TimeSearchTest {

    private static final long APPENDED = BatchSpec.APPENDED_MILLIS;

    @Test
    void theFirstRecordAtATimeIsFoundInOneRequestForEachPageThatIsLookedAt() {
        for (long seed = 1; seed <= 6; seed++) {
            RandomLog log = RandomLog.of(seed, 200, 50);
            Shelf shelf = Shelf.of(log, Shelf.SMALL, Packing.NONE);
            HistoryTail tail = shelf.tail();
            Random random = new Random(seed);
            for (int i = 0; i < 40; i++) {
                long from = random.nextLong(log.baseOffset(), log.nextOffset());
                long time = random.nextInt(5) == 0
                        ? LogRecord.TIMESTAMP_MAX_MILLIS - random.nextInt(2)
                        : 1_700_000_000_000L + random.nextInt(-6_000, 6_000);
                shelf.store().reset();

                Optional<TimedOffset> found = Shelf
                        .result(shelf.reader().recordAt(tail, time, from));

                assertThat(found).as("seed %d, time %d from %d", seed, time, from)
                        .isEqualTo(seenFrom(log, from)
                                .filter(record -> record.timestampMillis() >= time)
                                .findFirst().map(TimeSearchTest::timed));
                assertThat(shelf.store().calls()).isLessThanOrEqualTo(3);
            }
        }
    }

    @Test
    void theLatestRecordIsTheFirstOfThoseThatAreAsLate() {
        for (long seed = 1; seed <= 6; seed++) {
            RandomLog log = RandomLog.of(seed, 150, 50);
            Shelf shelf = Shelf.of(log, Shelf.SMALL, Packing.NONE);
            HistoryTail tail = shelf.tail();
            Random random = new Random(seed);
            for (int i = 0; i < 10; i++) {
                long from = random.nextLong(log.baseOffset(), log.nextOffset());

                Optional<TimedOffset> found = Shelf.result(shelf.reader().latest(tail, from));

                assertThat(found).as("seed %d from %d", seed, from)
                        .isEqualTo(seenFrom(log, from)
                                .filter(record -> record.timestampMillis() >= 0)
                                .min(Comparator.comparingLong(SeenRecord::timestampMillis)
                                        .reversed()
                                        .thenComparingLong(SeenRecord::offset))
                                .map(TimeSearchTest::timed));
            }
        }
    }

    @Test
    void whereAllRecordsHaveOneTimeTheFirstIsFoundAtOnce() {
        BatchSpec.Filling batch = BatchSpec.PLAIN.at(10);
        for (int i = 0; i < 5_000; i++) {
            batch.add(10 + i, record(APPENDED));
        }
        Shelf shelf = Shelf.of(List.of(batch.build()));
        HistoryTail tail = shelf.tail();
        shelf.store().reset();

        assertThat(Shelf.result(shelf.reader().latest(tail, 10)))
                .hasValue(new TimedOffset(10, APPENDED));
        assertThat(shelf.store().calls()).isEqualTo(1);
    }

    @Test
    void aControlRecordIsNotFound() {
        BatchSpec transactional = BatchSpec.PLAIN.of(7, 0, 0).inTransaction();
        Shelf shelf = Shelf.of(List.of(
                transactional.at(10).add(10, record(APPENDED - 5)).build(),
                transactional.end(11, true),
                BatchSpec.PLAIN.at(12).add(12, record(APPENDED - 2)).build()));
        HistoryTail tail = shelf.tail();

        assertThat(shelf.finished().timestamps().maxMillis()).isEqualTo(APPENDED - 2);
        assertThat(Shelf.result(shelf.reader().recordAt(tail, APPENDED - 3, 0)))
                .hasValue(new TimedOffset(12, APPENDED - 2));
        assertThat(Shelf.result(shelf.reader().recordAt(tail, APPENDED, 0))).isEmpty();
        assertThat(Shelf.result(shelf.reader().latest(tail, 0)))
                .hasValue(new TimedOffset(12, APPENDED - 2));
    }

    @Test
    void theLatestMayBeOnAnEarlierPageThanAControlRecordThatIsLater() {
        BatchSpec.Filling first = BatchSpec.PLAIN.at(10);
        for (int i = 0; i < Shelf.SMALL.pageRows(); i++) {
            first.add(10 + i, record(APPENDED - 5));
        }
        BatchSpec transactional = BatchSpec.PLAIN.of(7, 0, 0).inTransaction();
        Shelf shelf = Shelf.of(List.of(first.build(),
                transactional.at(100).add(100, record(APPENDED - 5)).build(),
                transactional.end(101, true)));

        assertThat(Shelf.result(shelf.reader().latest(shelf.tail(), 10)))
                .hasValue(new TimedOffset(10, APPENDED - 5));
    }

    @Test
    void recordsWithoutATimeAreNotFound() {
        Shelf shelf = Shelf.of(List.of(BatchSpec.PLAIN.at(10)
                .add(10, record(LogRecord.NO_TIMESTAMP)).build()));
        HistoryTail tail = shelf.tail();

        assertThat(shelf.finished().timestamps()).isEqualTo(TimestampRange.EMPTY);
        assertThat(Shelf.result(shelf.reader().recordAt(tail, 0, 10))).isEmpty();
        assertThat(Shelf.result(shelf.reader().latest(tail, 10))).isEmpty();
    }

    private static Stream<SeenRecord> seenFrom(RandomLog log, long from) {
        return log.seen().stream()
                .filter(record -> record.offset() >= from && !record.control());
    }

    private static TimedOffset timed(SeenRecord record) {
        return new TimedOffset(record.offset(), record.timestampMillis());
    }

    private static LogRecord record(long timestampMillis) {
        return new LogRecord(timestampMillis, Optional.empty(), Optional.empty(), List.of());
    }
}
