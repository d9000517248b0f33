package io.cordwood.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.object.Operation;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReadAheadTest {

    private static final int PAGE = 100_000;

    @Test
    void aReplayingReaderFindsWhatFollowsAskedForBeforehandAndOnlyOnce() {
        LogFixture log = replayable(4 << 20);

        long size = 2_000 * 4_000;
        long plain = readAll(replayable(0));
        long ahead = readAll(log);

        assertThat(plain).isLessThan(size * 5 / 4);
        assertThat(ahead).isBetween(plain + size / 2, plain + size);
    }

    @Test
    void aSingleReadAsksForNothingAhead() {
        LogFixture log = replayable(4 << 20);

        log.fetch(0, PAGE);

        assertThat(log.store.bytes(Operation.GET)).isLessThan(2 * PAGE);
    }

    @Test
    void whoGoesOnWhereHeStoppedNeedsNoIndex() {
        LogFixture log = replayable(0);
        Fetched first = log.fetch(20, PAGE);
        long asked = log.store.calls(Operation.GET);

        log.fetch(first.nextOffset(), PAGE);

        assertThat(log.store.calls(Operation.GET)).isEqualTo(asked + 1);
    }

    @Test
    void whoReadsOnHasSeveralRequestsUnderWayAtATime() {
        LogFixture log = replayable(16 << 20);
        Fetched first = log.fetch(0, 1 << 20);
        long asked = log.store.calls(Operation.GET);

        log.fetch(first.nextOffset(), 1 << 20);

        assertThat(log.store.calls(Operation.GET)).isGreaterThan(asked + 6);
    }

    @Test
    void whatIsAskedForAheadOfAllReadersTogetherIsBounded() {
        LogFixture log = replayable(4 << 20);
        for (long reader = 0; reader < 8; reader++) {
            Fetched first = log.fetch(reader * 30, PAGE);
            log.fetch(first.nextOffset(), 1 << 20);
        }
        long ahead = log.store.bytes(Operation.GET) - 8 * (PAGE + (1 << 20));

        assertThat(ahead).isBetween(2L << 20, 5L << 20);
    }

    @Test
    void readersWhoStopAtOnePlaceHaveTheSameAskedForOnce() {
        LogFixture log = replayable(4 << 20);
        Fetched first = log.fetch(0, PAGE);
        Fetched second = log.fetch(first.nextOffset(), 1 << 20);
        long asked = log.store.bytes(Operation.GET);

        log.fetch(0, PAGE);
        Fetched other = log.fetch(first.nextOffset(), 1 << 20);

        assertThat(other.nextOffset()).isEqualTo(second.nextOffset());
        assertThat(log.store.bytes(Operation.GET)).isLessThan(asked + (3 << 20) / 2);
    }

    @Test
    void whoReadsAtTheEndHasNothingAskedForAhead() {
        LogFixture log = replayable(4 << 20);
        long next = 1_990;
        for (int record = 0; record < 10; record++) {
            log.append(List.of(log.records(1, 1_000, 5_000)));
            next = log.fetch(next, PAGE).nextOffset();
        }
        long asked = log.store.calls(Operation.GET);
        log.append(List.of(log.records(1, 1_000, 6_000)));

        log.fetch(next, PAGE);

        assertThat(log.store.calls(Operation.GET)).isEqualTo(asked + 1);
    }

    private static LogFixture replayable(long aheadBytes) {
        LogFixture log = new LogFixture(3, aheadBytes);
        for (int segment = 0; segment < 4; segment++) {
            List<List<LogRecord>> batches = new ArrayList<>();
            for (int batch = 0; batch < 100; batch++) {
                batches.add(log.records(5, 4_000, batch));
            }
            log.append(batches);
        }
        return log;
    }

    private static long readAll(LogFixture log) {
        long next = 0;
        while (next < 2_000) {
            next = log.fetch(next, PAGE).nextOffset();
        }
        return log.store.bytes(Operation.GET);
    }
}
