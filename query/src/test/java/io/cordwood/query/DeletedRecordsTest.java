package io.cordwood.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.runtime.RejectedException;
import io.cordwood.store.batch.BatchDecoder;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.StoredRecord;
import io.cordwood.store.batch.TimedOffset;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is read of a partition whose first records were deleted. */
class DeletedRecordsTest {

    private static final int MEBIBYTE = 1 << 20;

    private final LogFixture log = new LogFixture(7, 0);

    @Test
    void whatWasDeletedIsNotReadAndTheRestIs() {
        log.append(List.of(log.records(5, 50, 0), log.records(5, 50, 0)));
        log.append(List.of(log.records(5, 50, 0)));

        log.deleteBefore(7);

        for (long offset = 0; offset < 7; offset++) {
            long gone = offset;
            assertThatThrownBy(() -> log.fetch(gone, MEBIBYTE))
                    .isInstanceOf(RejectedException.class);
        }
        for (long offset = 7; offset < 15; offset++) {
            long from = offset;
            assertThat(log.fetch(offset, MEBIBYTE).parts().stream()
                    .flatMap(part -> BatchDecoder.records(part, from).stream()))
                    .first().extracting(StoredRecord::offset).isEqualTo(offset);
        }
    }

    @Test
    void whoWaitsAtAnOffsetThatIsDeletedIsWoken() {
        log.append(List.of(log.records(5, 50, 0)));
        Future<Void> waiting = log.query.awaitRecords(List.of(log.request(3, MEBIBYTE)),
                new Patience(MEBIBYTE, Duration.ofSeconds(1)));
        assertThat(waiting.isComplete()).isFalse();

        log.deleteBefore(5);

        assertThat(waiting.succeeded()).isTrue();
    }

    @Test
    void noDeletedRecordIsFoundByItsTimeAndEveryOtherIs() {
        for (int seed = 0; seed < 12; seed++) {
            LogFixture random = new LogFixture(seed, 0);
            List<LogRecord> all = fill(random);
            for (long start : starts(random, all.size())) {
                random.deleteBefore(start);
                for (long time = 0; time < 1_010; time += 7) {
                    assertThat(offset(random.query.recordAt(random.partition, time), random))
                            .as("seed %d, start %d, time %d", seed, start, time)
                            .isEqualTo(firstAt(all, start, time));
                }
                assertThat(offset(random.query.latestRecord(random.partition), random))
                        .as("seed %d, start %d", seed, start)
                        .isEqualTo(latest(all, start));
            }
        }
    }

    @Test
    void aPartitionOfWhichEverythingWasDeletedHasNoRecordAtAnyTime() {
        log.append(List.of(log.records(5, 50, 100)));

        log.deleteBefore(5);

        assertThat(log.loop.await(log.query.recordAt(log.partition, 0))).isEmpty();
        assertThat(log.loop.await(log.query.latestRecord(log.partition))).isEmpty();
        assertThat(log.fetch(5, MEBIBYTE).parts()).isEmpty();
    }

    /** Segments of long and short runs whose times are in no order. */
    private static List<LogRecord> fill(LogFixture log) {
        List<LogRecord> all = new ArrayList<>();
        for (int segment = 0; segment < 4; segment++) {
            List<List<LogRecord>> batches = new ArrayList<>();
            for (int batch = 0; batch < 1 + log.random.nextInt(40); batch++) {
                batches.add(log.records(1 + log.random.nextInt(5), 3_000,
                        log.random.nextInt(1_000)));
                all.addAll(batches.getLast());
            }
            log.append(batches);
        }
        return all;
    }

    private static long[] starts(LogFixture log, int count) {
        return log.random.longs(8, 0, count + 1).sorted().toArray();
    }

    private static Optional<Long> offset(Future<Optional<TimedOffset>> search, LogFixture log) {
        return log.loop.await(search).map(TimedOffset::offset);
    }

    private static Optional<Long> firstAt(List<LogRecord> records, long start, long time) {
        for (int i = (int) start; i < records.size(); i++) {
            if (records.get(i).timestampMillis() >= time) {
                return Optional.of((long) i);
            }
        }
        return Optional.empty();
    }

    private static Optional<Long> latest(List<LogRecord> records, long start) {
        Optional<Long> latest = Optional.empty();
        for (int i = (int) start; i < records.size(); i++) {
            long time = records.get(i).timestampMillis();
            if (latest.isEmpty()
                    || time > records.get(latest.get().intValue()).timestampMillis()) {
                latest = Optional.of((long) i);
            }
        }
        return latest;
    }
}
