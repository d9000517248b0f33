package io.cordwood.indexer.merge;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.SegmentRef;
import io.cordwood.manifest.state.Tier;
import io.cordwood.store.object.ByteRange;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SourceReadTest {

    private static final SegmentRef SEGMENT = segment(1);

    @Test
    void whatLiesTogetherIsReadTogether() {
        List<SourceRead> reads = reads(run(SEGMENT, 32, 100), run(SEGMENT, 132, 100));

        assertThat(reads).extracting(SourceRead::range).containsExactly(new ByteRange(32, 200));
    }

    @Test
    void eachObjectIsReadByItself() {
        assertThat(reads(run(SEGMENT, 32, 100), run(segment(2), 132, 100))).hasSize(2);
    }

    @Test
    void noMoreIsReadThatNobodyWantsThanWhatIsWanted() {
        List<Run> scattered = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            scattered.add(run(SEGMENT, 32 + i * 5_000L, 100 + i % 7 * 1_000));
        }

        List<SourceRead> reads = reads(scattered.toArray(Run[]::new));

        assertThat(reads).allMatch(read -> read.range().length() <= 2 * read.slices().stream()
                .mapToLong(RunSlice::length).sum());
        assertThat(reads.stream().mapToInt(read -> read.slices().size()).sum()).isEqualTo(1_000);
        assertThat(reads.size()).isLessThan(1_000);
    }

    private static List<SourceRead> reads(Run... runs) {
        return SourceRead.of(Stream.of(runs).map(run -> RunSlice.from(run, 0, run.length()))
                .toList());
    }

    private static SegmentRef segment(int number) {
        return SegmentRef.stored(new UUID(2, number), new ByteRange(1, 1), Tier.WAL);
    }

    private static Run run(SegmentRef segment, long position, int length) {
        return new Run(segment, position, length, 0, 1, 0, 0);
    }
}
