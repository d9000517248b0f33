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
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is found where an index should be is corrupt, or exactly the index of some segment. */
class SegmentIndexFuzzTest {

    static Stream<Arguments> seeds() {
        return Stream.of(
                arguments(named("two short runs", index(SegmentForge.segment(new UUID(1, 2),
                        List.of(new PartitionId(new UUID(3, 4), 0),
                                new PartitionId(new UUID(3, 4), 1)),
                        2)))),
                arguments(named("runs with stretches", index(longRuns()))));
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
            read.runs().forEach(run -> assertThat(run.position() + run.length()).isPositive());
        });
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

    private static Segment longRuns() {
        return SegmentForge.random(new Random(7), 8);
    }

    private static byte[] index(Segment segment) {
        byte[] index = new byte[segment.index().length()];
        segment.bytes().copy().get((int) segment.index().position(), index);
        return index;
    }
}
