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

    private static LogFixture replayable(int aheadBytes) {
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
