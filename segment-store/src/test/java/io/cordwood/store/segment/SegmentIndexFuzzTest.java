package io.cordwood.store.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.cordwood.runtime.AllocationBound;
import io.cordwood.runtime.CorruptException;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.RandomRecords;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is found where an index should be is corrupt, or exactly the index of some segment. */
class SegmentIndexFuzzTest {

    static Stream<Arguments> seeds() {
        List<PartitionId> partitions = List.of(new PartitionId(new UUID(3, 4), 0),
                new PartitionId(new UUID(3, 4), 1));
        byte[] shortRuns = index(SegmentForge.segment(new UUID(1, 2), partitions, 2));
        byte[] longRun = index(longRun());
        int stretches = SegmentLayout.RUN_COUNT_SIZE + SegmentLayout.RUN_ENTRY_SIZE;
        return Stream.of(arguments(named("two short runs", shortRuns)),
                arguments(named("a run with stretches", longRun)),
                arguments(named("a run that ends beyond all numbers",
                        changed(shortRuns, SegmentLayout.RUN_COUNT_SIZE + 20, Long.BYTES))),
                arguments(named("stretches that do not begin with their run",
                        changed(longRun, stretches + 4, Integer.BYTES))),
                arguments(named("a stretch beyond the end of its run",
                        changed(longRun, stretches + SegmentLayout.STRETCH_SIZE + 4,
                                Integer.BYTES))));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsReadIsWrittenAlike(byte[] input) {
        judge(ByteBuffer.wrap(input));
        if (input.length >= SegmentLayout.INDEX_CRC_SIZE) {
            judge(sealed(input));
        }
    }

    private static void judge(ByteBuffer bytes) {
        ByteBuffer untouched = bytes.duplicate();
        AllocationBound bound = new AllocationBound((1 << 20) + 64L * bytes.remaining());

        Optional<SegmentIndex> index = bound.hold(() -> parse(bytes));

        assertThat(bytes).isEqualTo(untouched);
        index.ifPresent(read -> {
            assertThat(SegmentIndexCodec.encode(read.runs(), read.stretches())).isEqualTo(bytes);
            for (int i = 0; i < read.runs().size(); i++) {
                assertDivided(read.runs().get(i), read.stretches().get(i));
            }
        });
    }

    private static void assertDivided(SegmentRun run, List<Stretch> stretches) {
        int end = 0;
        int endOffset = 0;
        for (Stretch stretch : stretches) {
            assertThat(stretch.position()).isBetween(end, run.length() - 1);
            assertThat(stretch.offsetDelta()).isBetween(endOffset, run.offsets() - 1);
            end = stretch.position() + 1;
            endOffset = stretch.offsetDelta() + 1;
        }
        assertThat(stretches.stream().limit(1)).allMatch(first -> first.position() == 0);
        assertThat(run.position() + run.length()).isPositive();
    }

    private static Optional<SegmentIndex> parse(ByteBuffer bytes) {
        try {
            return Optional.of(SegmentIndex.parse(bytes));
        } catch (CorruptException corrupt) {
            return Optional.empty();
        }
    }

    private static ByteBuffer sealed(byte[] input) {
        ByteBuffer index = ByteBuffer.wrap(input.clone());
        int length = index.remaining() - SegmentLayout.INDEX_CRC_SIZE;
        CRC32C crc = new CRC32C();
        crc.update(index.slice(0, length));
        return index.putInt(length, (int) crc.getValue());
    }

    private static Segment longRun() {
        SegmentBuilder builder = new SegmentBuilder(new UUID(1, 2));
        RandomRecords random = new RandomRecords(new Random(7));
        for (int i = 0; i < 4; i++) {
            builder.add(new PartitionId(new UUID(3, 4), 0), SegmentForge.batch(List.of(
                    new LogRecord(i, Optional.empty(), Optional.of(random.noise(70_000)),
                            List.of()))));
        }
        return builder.build();
    }

    /** The index with the largest number of so many bytes at a place. */
    private static byte[] changed(byte[] index, int position, int size) {
        byte[] changed = index.clone();
        changed[position] = Byte.MAX_VALUE;
        Arrays.fill(changed, position + 1, position + size, (byte) -1);
        return changed;
    }

    private static byte[] index(Segment segment) {
        byte[] index = new byte[segment.index().length()];
        segment.bytes().copy().get((int) segment.index().position(), index);
        return index;
    }
}
