package io.cordwood.store.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.cordwood.runtime.AllocationBound;
import io.cordwood.runtime.CorruptException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is found where a segment should be is corrupt, or runs from its head to its index. */
class SegmentFuzzTest {

    private static final int ENDS_SIZE = SegmentLayout.HEADER_SIZE + SegmentLayout.FOOTER_SIZE;

    static Stream<Arguments> seeds() {
        UUID topic = new UUID(3, 4);
        return Stream.of(
                arguments(named("two runs", SegmentForge.segment(new UUID(1, 2),
                        List.of(new PartitionId(topic, 0), new PartitionId(topic, 1)), 2).bytes()
                        .copy().array())),
                arguments(named("no run", new SegmentBuilder(new UUID(1, 2)).build().bytes().copy()
                        .array())));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsGoodIsRunsWithoutAGap(byte[] input) {
        judge(ByteBuffer.wrap(input));
        if (input.length >= ENDS_SIZE) {
            judge(sealed(input));
        }
    }

    private static void judge(ByteBuffer bytes) {
        ByteBuffer untouched = bytes.duplicate();
        AllocationBound bound = new AllocationBound((1 << 20) + 64L * bytes.remaining());

        Optional<SegmentIndex> index = bound.hold(() -> verify(bytes));

        assertThat(bytes).isEqualTo(untouched);
        index.ifPresent(good -> assertRunsWithoutAGap(bytes, good));
    }

    private static void assertRunsWithoutAGap(ByteBuffer segment, SegmentIndex index) {
        long end = SegmentLayout.HEADER_SIZE;
        for (SegmentRun run : index.runs()) {
            assertThat(run.position()).isEqualTo(end);
            assertThat(index.stretchesOf(end, run.length())).isNotNull();
            end += run.length();
        }
        int length = segment.remaining() - SegmentLayout.FOOTER_SIZE - (int) end;
        assertThat(SegmentIndex.parse(segment.slice((int) end, length))).isEqualTo(index);
    }

    private static Optional<SegmentIndex> verify(ByteBuffer bytes) {
        try {
            return Optional.of(SegmentIndex.verify(bytes));
        } catch (CorruptException corrupt) {
            return Optional.empty();
        }
    }

    /** The input with a footer and checksums that fit, as far as the index lets them. */
    private static ByteBuffer sealed(byte[] input) {
        ByteBuffer segment = ByteBuffer.wrap(input.clone());
        int footer = segment.remaining() - SegmentLayout.FOOTER_SIZE;
        int room = footer - SegmentLayout.HEADER_SIZE;
        int length = Math.clamp(segment.getInt(footer + 8), 0, room);
        seal(segment, 0, SegmentLayout.HEADER_CRC);
        if (length >= SegmentLayout.RUN_COUNT_SIZE + SegmentLayout.INDEX_CRC_SIZE) {
            ByteBuffer index = segment.slice(footer - length, length);
            sealRuns(segment, index);
            seal(index, 0, length - SegmentLayout.INDEX_CRC_SIZE);
        }
        segment.putLong(footer, footer - length).putInt(footer + 8, length);
        segment.putLong(footer + 12, segment.remaining());
        seal(segment, footer, SegmentLayout.FOOTER_CRC);
        return segment;
    }

    private static void sealRuns(ByteBuffer segment, ByteBuffer index) {
        int runs = index.getInt(0);
        int entry = SegmentLayout.RUN_COUNT_SIZE;
        int end = SegmentLayout.HEADER_SIZE;
        for (int i = 0; i < runs && entry + SegmentLayout.RUN_ENTRY_SIZE <= index.limit(); i++) {
            int length = index.getInt(entry + 28);
            if (length <= 0 || length > segment.limit() - end) {
                return;
            }
            index.putLong(entry + 20, end).putInt(entry + 64, crc(segment.slice(end, length)));
            end += length;
            entry += SegmentLayout.RUN_ENTRY_SIZE;
        }
    }

    /** Puts the checksum of so many bytes behind them. */
    private static void seal(ByteBuffer bytes, int position, int length) {
        bytes.putInt(position + length, crc(bytes.slice(position, length)));
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        return (int) crc.getValue();
    }
}
