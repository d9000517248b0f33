package io.cordwood.store.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.cordwood.runtime.CorruptException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.Test;

class SegmentDamageTest {

    private static final UUID TOPIC = new UUID(7, 7);

    private final Segment segment = SegmentForge.segment(new UUID(1, 2),
            List.of(new PartitionId(TOPIC, 0), new PartitionId(TOPIC, 1)), 2);
    private final ByteBuffer good = segment.bytes().copy();
    private final int indexPosition = (int) segment.index().position();

    @Test
    void everyFlippedBitOfASegmentIsFound() {
        for (int position = 0; position < good.remaining(); position++) {
            for (int bit = 0; bit < 8; bit++) {
                assertCorrupt(flipped(good, position, bit));
            }
        }
    }

    @Test
    void everyCutOfASegmentIsFound() {
        for (int size = 0; size < good.remaining(); size++) {
            assertCorrupt(good.slice(0, size));
            assertCorrupt(good.slice(good.remaining() - size, size));
        }
    }

    @Test
    void whatFollowsASegmentIsFound() {
        ByteBuffer longer = ByteBuffer.allocate(good.remaining() + 1).put(good.duplicate())
                .rewind();

        assertCorrupt(longer);
    }

    @Test
    void everyFlippedBitOfAnIndexIsFoundWithoutTheRestOfTheSegment() {
        ByteBuffer index = good.slice(indexPosition, segment.index().length());
        for (int position = 0; position < index.remaining(); position++) {
            for (int bit = 0; bit < 8; bit++) {
                ByteBuffer damaged = flipped(index, position, bit);
                assertThatThrownBy(() -> SegmentIndex.parse(damaged))
                        .isInstanceOf(CorruptException.class);
            }
        }
        for (int size = 0; size < index.remaining(); size++) {
            ByteBuffer cut = index.slice(0, size);
            assertThatThrownBy(() -> SegmentIndex.parse(cut)).isInstanceOf(CorruptException.class);
        }
    }

    @Test
    void lyingNumbersWithRightChecksumsAreFoundWithoutMuchBeingAllocated() {
        int[] fields = {0, 4 + 20, 4 + 28, 4 + 32, 4 + 44, 4 + 68};
        for (int field : fields) {
            for (int lie : new int[]{Integer.MIN_VALUE, -1, Integer.MAX_VALUE, 1 << 30, 3_000}) {
                ByteBuffer lying = copy(good);
                lying.putInt(indexPosition + field, lie);

                assertHarmless(resealed(lying, indexPosition));
            }
        }
    }

    @Test
    void aSegmentOfAnotherVersionOrWithUnknownFlagsIsNotRead() {
        ByteBuffer newer = copy(good);
        newer.putShort(4, (short) 2);
        assertCorrupt(resealed(newer, indexPosition));

        ByteBuffer flagged = copy(good);
        flagged.putShort(6, (short) 2);
        assertCorrupt(resealed(flagged, indexPosition));
    }

    @Test
    void runsThatDoNotFillTheSegmentInOrderAreFound() {
        SegmentRun first = segment.runs().get(0);
        SegmentRun second = segment.runs().get(1);
        SegmentRun later = new SegmentRun(new PartitionId(TOPIC, 2), first.position(),
                first.length(), first.batches(), 0, first.offsets(), first.timestamps(),
                first.crc());

        assertThat(SegmentIndex.verify(withIndexOf(List.of(first, second))).runs()).hasSize(2);
        assertCorrupt(withIndexOf(List.of()));
        assertCorrupt(withIndexOf(List.of(first)));
        assertCorrupt(withIndexOf(List.of(second)));
        assertCorrupt(withIndexOf(List.of(second, first)));
        assertCorrupt(withIndexOf(List.of(first, first, second)));
        assertCorrupt(withIndexOf(List.of(later, second)));
    }

    @Test
    void aSegmentThatLiesAboutItselfIsCorruptOrHarmless() {
        for (long seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            ByteBuffer lying = copy(good);
            for (int lies = random.nextInt(1, 4); lies > 0; lies--) {
                int position = random.nextInt(3) == 0
                        ? random.nextInt(good.remaining())
                        : random.nextInt(indexPosition, good.remaining());
                lying.put(position, (byte) random.nextInt());
            }
            try {
                assertHarmless(resealed(lying, indexPosition));
            } catch (Throwable failure) {
                throw new AssertionError("seed " + seed, failure);
            }
        }
    }

    @Test
    void aRunThatIsNotThereIsCorruption() {
        SegmentIndex index = SegmentIndex.verify(good);

        SegmentRun run = index.runs().getFirst();

        assertThat(index.stretchesOf(run.position(), run.length())).isEmpty();
        assertThat(index.stretchesOf(run.position() + 1, run.length() - 1)).isEmpty();
        assertThatThrownBy(() -> index.stretchesOf(run.position(), run.length() + 1))
                .isInstanceOf(CorruptException.class);
        assertThatThrownBy(() -> index.stretchesOf(run.position() - 1, 1))
                .isInstanceOf(CorruptException.class);
    }

    /** What is accepted lies within the segment, run after run, and little was allocated for it. */
    private static void assertHarmless(ByteBuffer segment) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        try {
            long end = SegmentLayout.HEADER_SIZE;
            for (SegmentRun run : SegmentIndex.verify(segment).runs()) {
                assertThat(run.position()).isEqualTo(end);
                end += run.length();
            }
            assertThat(end).isLessThan(segment.remaining());
        } catch (CorruptException found) {
            assertThat(found).hasMessageContaining("segment");
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(4 << 20);
    }

    private static void assertCorrupt(ByteBuffer segment) {
        assertThatThrownBy(() -> SegmentIndex.verify(segment)).isInstanceOf(CorruptException.class);
    }

    private static ByteBuffer flipped(ByteBuffer bytes, int position, int bit) {
        ByteBuffer damaged = copy(bytes);
        return damaged.put(position, (byte) (damaged.get(position) ^ (1 << bit)));
    }

    /** The segment with an index of those runs, everything else as it should be. */
    private ByteBuffer withIndexOf(List<SegmentRun> runs) {
        ByteBuffer index = SegmentIndexCodec.encode(runs,
                Collections.nCopies(runs.size(), List.of()));
        int length = index.remaining();
        int size = indexPosition + length + SegmentLayout.FOOTER_SIZE;
        ByteBuffer forged = ByteBuffer.allocate(size).put(good.slice(0, indexPosition)).put(index)
                .putLong(indexPosition).putInt(length).putLong(size).putInt(0)
                .putInt(SegmentLayout.FOOTER_MAGIC).flip();
        return resealed(forged, indexPosition);
    }

    /** Makes the checksums of header, index and footer fit whatever is there now. */
    private static ByteBuffer resealed(ByteBuffer segment, int indexPosition) {
        int footer = segment.remaining() - SegmentLayout.FOOTER_SIZE;
        int indexCrc = footer - SegmentLayout.INDEX_CRC_SIZE;
        segment.putInt(SegmentLayout.HEADER_CRC, crc(segment, 0, SegmentLayout.HEADER_CRC));
        segment.putInt(indexCrc, crc(segment, indexPosition, indexCrc - indexPosition));
        return segment.putInt(footer + SegmentLayout.FOOTER_CRC,
                crc(segment, footer, SegmentLayout.FOOTER_CRC));
    }

    private static int crc(ByteBuffer bytes, int position, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.slice(position, length));
        return (int) crc.getValue();
    }

    private static ByteBuffer copy(ByteBuffer bytes) {
        return ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip();
    }
}
