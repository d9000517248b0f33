package io.cordwood.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import io.cordwood.store.batch.BatchDecoder;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.StoredRecord;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.Operation;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.Segment;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class QueryTest {

    private static final int MEBIBYTE = 1 << 20;

    private static final Patience A_SECOND = Patience.ofAnything(Duration.ofSeconds(1));

    private final LogFixture log = new LogFixture(7, 0);

    private List<FetchRequest> fromTheStart() {
        return List.of(log.request(0, MEBIBYTE));
    }

    @Test
    void everyRecordIsReadBackInOrderFromSegmentsAndEntriesAlike() {
        List<LogRecord> expected = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            List<LogRecord> batch = log.records(10 + i, 100, 1_000L * i);
            expected.addAll(batch);
            if (i % 2 == 0) {
                log.append(List.of(batch));
            } else {
                log.appendInline(List.of(batch));
            }
        }

        Fetched fetched = log.fetch(0, MEBIBYTE);

        List<StoredRecord> records = decode(fetched, 0);
        assertThat(records).extracting(StoredRecord::record).isEqualTo(expected);
        assertThat(records).extracting(StoredRecord::offset)
                .isEqualTo(offsets(0, expected.size()));
        assertThat(fetched.nextOffset()).isEqualTo(fetched.partition().nextOffset())
                .isEqualTo(75);
    }

    @Test
    void whatIsFetchedIsCounted() {
        log.append(List.of(log.records(5, 50, 0)));

        Fetched found = log.fetch(0, MEBIBYTE);
        log.fetch(5, MEBIBYTE);

        assertThat(log.query.statistics()).isEqualTo(
                new QueryStatistics(1, found.parts().getFirst().remaining()));
    }

    @Test
    void readingMayBeginAtAnyOffset() {
        log.append(List.of(log.records(5, 50, 0), log.records(7, 50, 0)));
        log.appendInline(List.of(log.records(3, 50, 0)));

        for (long offset = 0; offset < 15; offset++) {
            List<StoredRecord> records = decode(log.fetch(offset, MEBIBYTE), offset);
            assertThat(records).extracting(StoredRecord::offset)
                    .isEqualTo(offsets(offset, 15));
        }
    }

    @Test
    void aBatchThatLiesWhollyBeforeTheOffsetIsNotAnsweredWith() {
        log.append(List.of(log.records(5, 50, 0), log.records(5, 50, 0)));

        Fetched fetched = log.fetch(5, MEBIBYTE);

        assertThat(decode(fetched, 0)).first().extracting(StoredRecord::offset).isEqualTo(5L);
    }

    @Test
    void theAnswerIsNoLargerThanAskedButForItsFirstBatch() {
        log.append(List.of(log.records(10, 1_000, 0), log.records(10, 1_000, 0)));

        assertThat(decode(log.fetch(0, 15_000), 0)).hasSize(10);
        assertThat(decode(log.fetch(0, 100), 0)).hasSize(10);
        assertThat(decode(log.fetch(12, 100), 0)).hasSize(10);
    }

    @Test
    void readingOnFromTheAnswersEndLosesAndRepeatsNothing() {
        for (int i = 0; i < 20; i++) {
            log.append(List.of(log.records(3, 5_000, 0), log.records(4, 3_000, 0)));
        }

        List<Long> seen = new ArrayList<>();
        long next = 0;
        while (next < 140) {
            Fetched fetched = log.fetch(next, 40_000);
            decode(fetched, next).forEach(record -> seen.add(record.offset()));
            next = fetched.nextOffset();
        }

        assertThat(seen).isEqualTo(offsets(0, 140));
    }

    @Test
    void aLongRunIsEnteredByItsIndexAndNotReadFromItsBeginning() {
        List<List<LogRecord>> batches = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            batches.add(log.records(10, 4_000, i));
        }
        log.append(batches);

        Fetched fetched = log.fetch(905, 50_000);

        assertThat(decode(fetched, 905)).first().extracting(StoredRecord::offset).isEqualTo(905L);
        assertThat(log.store.bytes(Operation.GET)).isLessThan(400_000);
    }

    @Test
    void whoReadsWhatIsCommittedGoesOnAtTheOpenTransactionAndNotBehindIt() {
        log.append(List.of(log.records(5, 50, 0)));
        log.appendInTransaction(3);
        log.append(List.of(log.records(4, 50, 0)));

        Fetched fetched = log.fetch(0, MEBIBYTE);

        assertThat(decode(fetched, 0)).hasSize(5);
        assertThat(fetched.nextOffset()).isEqualTo(5);
    }

    @Test
    void atTheEndThereIsNothingYet() {
        log.append(List.of(log.records(5, 50, 0)));

        Fetched fetched = log.fetch(5, MEBIBYTE);

        assertThat(fetched.parts()).isEmpty();
        assertThat(fetched.nextOffset()).isEqualTo(5);
    }

    @Test
    void anOffsetThatThePartitionDoesNotHaveIsRefused() {
        log.append(List.of(log.records(5, 50, 0)));

        assertThatThrownBy(() -> log.fetch(6, MEBIBYTE))
                .isInstanceOfSatisfying(RejectedException.class, rejected -> assertThat(
                        rejected.reason()).isEqualTo(Reason.OFFSET_OUT_OF_RANGE));
        assertThatThrownBy(() -> log.fetch(-1, MEBIBYTE)).isInstanceOf(RejectedException.class);
    }

    @Test
    void aPartitionThatDoesNotExistIsRefused() {
        PartitionId unknown = new PartitionId(new UUID(1, 2), 0);

        Future<Fetched> fetched = log.query
                .fetch(FetchRequest.atLeastOne(unknown, 0, 100));

        assertThat(fetched.cause()).isInstanceOf(RejectedException.class);
    }

    @Test
    void whoWaitsAtTheEndIsWokenByTheNextAppendToHisPartition() {
        Future<Void> waiting = log.query.awaitRecords(fromTheStart(), A_SECOND);
        assertThat(waiting.isComplete()).isFalse();

        log.append(List.of(log.records(1, 10, 0)));

        assertThat(waiting.succeeded()).isTrue();
    }

    @Test
    void whoWaitsForMoreBytesIsNotWokenByFewer() {
        Future<Void> waiting = log.query.awaitRecords(fromTheStart(),
                new Patience(3_000, Duration.ofSeconds(1)));

        log.append(List.of(log.records(1, 2_000, 0)));
        assertThat(waiting.isComplete()).isFalse();
        log.append(List.of(log.records(1, 2_000, 0)));

        assertThat(waiting.succeeded()).isTrue();
    }

    @Test
    void whoWaitsForSeveralPartitionsIsWokenByAnyOfThem() {
        log.append(List.of(log.records(1, 10, 0)));
        Future<Void> waiting = log.query.awaitRecords(
                List.of(log.request(1, MEBIBYTE),
                        FetchRequest.atLeastOne(log.otherPartition, 1, MEBIBYTE)),
                A_SECOND);
        assertThat(waiting.isComplete()).isFalse();

        log.append(List.of(log.records(1, 10, 0)));

        assertThat(waiting.succeeded()).isTrue();
    }

    @Test
    void nobodyWaitsForWhatCannotBeFetched() {
        Future<Void> waiting = log.query.awaitRecords(
                List.of(log.request(0, MEBIBYTE), log.request(7, MEBIBYTE)), A_SECOND);

        assertThat(waiting.succeeded()).isTrue();
    }

    @Test
    void aBatchThatDoesNotFitIsLeftOutWhereNoneIsAskedFor() {
        log.append(List.of(log.records(1, 2_000, 0), log.records(1, 2_000, 0)));

        Fetched none = log.loop.await(log.query.fetch(
                log.request(1, 1).share(1_000, false)));
        Fetched one = log.loop.await(log.query.fetch(
                log.request(1, 3_000)));

        assertThat(none.parts()).isEmpty();
        assertThat(none.nextOffset()).isEqualTo(1);
        assertThat(one.parts()).hasSize(1);
    }

    @Test
    void theLatestRecordIsTheFirstWithTheLargestTimestamp() {
        assertThat(log.loop.await(log.query.latestRecord(log.partition))).isEmpty();
        log.append(List.of(log.records(3, 10, 500)));
        log.append(List.of(log.records(3, 10, 100)));
        log.append(List.of(log.records(3, 10, 500)));

        assertThat(log.loop.await(log.query.latestRecord(log.partition)))
                .hasValueSatisfying(record -> assertThat(record.offset()).isEqualTo(2));
    }

    @Test
    void whoWaitsIsToldWhenTheTimeIsOver() {
        Future<Void> waiting = log.query.awaitRecords(fromTheStart(), A_SECOND);

        log.loop.advance(Duration.ofSeconds(1));

        assertThat(waiting.succeeded()).isTrue();
    }

    @Test
    void whoWaitsIsWokenWhenTheTopicIsDeleted() {
        Future<Void> waiting = log.query.awaitRecords(fromTheStart(), A_SECOND);

        log.deleteTopic();

        assertThat(waiting.succeeded()).isTrue();
    }

    @Test
    void theFirstRecordAtOrAfterATimeIsFoundHoweverTimesAreOrdered() {
        for (int seed = 0; seed < 5; seed++) {
            LogFixture random = new LogFixture(seed, 0);
            List<LogRecord> all = new ArrayList<>();
            for (int segment = 0; segment < 8; segment++) {
                List<List<LogRecord>> batches = new ArrayList<>();
                for (int batch = 0; batch < 1 + random.random.nextInt(40); batch++) {
                    batches.add(random.records(1 + random.random.nextInt(5), 3_000,
                            random.random.nextInt(1_000)));
                    all.addAll(batches.getLast());
                }
                random.append(batches);
            }

            for (long time = 0; time < 1_010; time++) {
                assertThat(random.loop.await(random.query.recordAt(random.partition, time))
                        .map(found -> OptionalLong.of(found.offset())).orElse(OptionalLong.empty()))
                        .as("seed %d, time %d", seed, time).isEqualTo(firstAt(all, time));
            }
        }
    }

    @Test
    void damageInASegmentIsToldAndNeverAnsweredWith() {
        Segment segment = log.append(List.of(log.records(5, 50, 0)));
        ByteBuffer damaged = segment.bytes().copy();
        int inRecords = (int) segment.runs().getFirst().position() + 100;
        damaged.put(inRecords, (byte) (damaged.get(inRecords) ^ 1));
        log.loop.await(log.bucket.put(BucketLayout.segment(segment.id()), Bytes.of(damaged)));

        assertThatThrownBy(() -> decode(log.fetch(0, MEBIBYTE), 0))
                .isInstanceOf(CorruptException.class);
    }

    @Test
    void aMissingSegmentIsToldAfterPlanningAnew() {
        Segment segment = log.append(List.of(log.records(5, 50, 0)));
        log.loop.await(log.bucket.delete(BucketLayout.segment(segment.id())));

        assertThatThrownBy(() -> log.fetch(0, MEBIBYTE))
                .isInstanceOf(MissingObjectException.class);
    }

    private static List<StoredRecord> decode(Fetched fetched, long fromOffset) {
        return fetched.parts().stream()
                .flatMap(part -> BatchDecoder.records(part, fromOffset).stream()).toList();
    }

    private static List<Long> offsets(long from, long to) {
        List<Long> offsets = new ArrayList<>();
        for (long offset = from; offset < to; offset++) {
            offsets.add(offset);
        }
        return offsets;
    }

    private static OptionalLong firstAt(List<LogRecord> records, long time) {
        for (int i = 0; i < records.size(); i++) {
            if (records.get(i).timestampMillis() >= time) {
                return OptionalLong.of(i);
            }
        }
        return OptionalLong.empty();
    }
}
