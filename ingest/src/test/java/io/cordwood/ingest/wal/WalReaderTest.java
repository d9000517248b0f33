package io.cordwood.ingest.wal;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.store.batch.BatchLimits;
import io.cordwood.store.batch.ValidBatch;
import io.cordwood.store.segment.PartitionId;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class WalReaderTest {

    private static final UUID IDENTITY = new UUID(5, 6);
    private static final long NUMBER = 42;
    private static final List<WalFrame> FRAMES = List.of(
            new WalFrame(new PartitionId(new UUID(1, 2), 3), Batches.of("first")),
            new WalFrame(new PartitionId(new UUID(3, 4), 0), Batches.of("second", "and third")),
            new WalFrame(new PartitionId(new UUID(1, 2), 3), Batches.of("last")));

    private final byte[] file = file(FRAMES);

    @Test
    void aWholeFileGivesBackWhatWasWritten() {
        WalContent content = read(file);

        assertThat(content.end()).isEqualTo(new WalEnd.Whole());
        assertPrefix(content, 3);
        assertThat(content.batchBytes()).isEqualTo(file.length - WalFormat.HEADER_SIZE
                - 3 * WalFormat.FRAME_HEAD_SIZE);
    }

    @Test
    void aFileWithoutFramesIsWhole() {
        assertThat(read(file(List.of()))).isEqualTo(new WalContent(List.of(), new WalEnd.Whole()));
    }

    @Test
    void theLayoutIsAsDrawn() {
        ByteBuffer bytes = ByteBuffer.wrap(file);

        assertThat(new String(file, 0, 4, StandardCharsets.US_ASCII))
                .isEqualTo("CWWL");
        assertThat(bytes.getShort(4)).isEqualTo((short) 1);
        assertThat(bytes.getLong(16)).isEqualTo(6);
        assertThat(bytes.getLong(24)).isEqualTo(NUMBER);
        assertThat(bytes.getInt(36)).isEqualTo(FRAMES.getFirst().batch().size());
        assertThat(bytes.getLong(40)).isEqualTo(1);
        assertThat(bytes.getInt(56)).isEqualTo(3);
    }

    @Test
    void aFileThatWasCutAnywhereGivesTheFramesBeforeTheCut() {
        List<Integer> ends = frameEnds();
        for (int length = 0; length < file.length; length++) {
            WalContent content = read(Arrays.copyOf(file, length));

            int whole = length;
            long complete = ends.stream().skip(1).filter(end -> end <= whole).count();
            assertPrefix(content, (int) complete);
            if (ends.contains(length)) {
                assertThat(content.end()).as("cut at %d", length).isEqualTo(new WalEnd.Whole());
            } else {
                assertThat(content.end()).as("cut at %d", length).isInstanceOf(WalEnd.Cut.class);
            }
        }
    }

    @Test
    void aFlippedBitAnywhereIsDamageAndTheFramesBeforeItAreUsed() {
        List<Integer> ends = frameEnds();
        for (int offset = 0; offset < file.length; offset++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] flipped = file.clone();
                flipped[offset] ^= (byte) (1 << bit);

                WalContent content = read(flipped);

                int at = offset;
                long before = ends.stream().skip(1).filter(end -> end <= at).count();
                assertThat(content.end()).as("bit %d of byte %d", bit, offset)
                        .isInstanceOf(WalEnd.Damaged.class);
                assertPrefix(content, (int) before);
            }
        }
    }

    @Test
    void aFileOfAnotherDirectoryOrNumberIsDamage() {
        assertThat(
                WalReader.read(ByteBuffer.wrap(file), new UUID(5, 7), NUMBER, BatchLimits.STANDARD))
                .satisfies(WalReaderTest::isForeign);
        assertThat(WalReader.read(ByteBuffer.wrap(file), IDENTITY, 43, BatchLimits.STANDARD))
                .satisfies(WalReaderTest::isForeign);
    }

    @Test
    void aBatchThatWouldNotBeAcceptedTodayIsDamage() {
        WalContent content = WalReader.read(ByteBuffer.wrap(file), IDENTITY, NUMBER,
                new BatchLimits(FRAMES.getFirst().batch().size(), 1 << 20));

        assertPrefix(content, 1);
        assertThat(content.end()).isInstanceOf(WalEnd.Damaged.class);
    }

    private static void isForeign(WalContent content) {
        assertThat(content.frames()).isEmpty();
        assertThat(content.end()).isInstanceOfSatisfying(WalEnd.Damaged.class,
                damaged -> assertThat(damaged.complaint()).contains("another directory or number"));
    }

    private static WalContent read(byte[] bytes) {
        return WalReader.read(ByteBuffer.wrap(bytes), IDENTITY, NUMBER, BatchLimits.STANDARD);
    }

    private static void assertPrefix(WalContent content, int count) {
        assertThat(content.frames()).hasSize(count);
        for (int i = 0; i < count; i++) {
            assertThat(content.frames().get(i).partition()).isEqualTo(FRAMES.get(i).partition());
            ValidBatch batch = content.frames().get(i).batch();
            assertThat(batch.bytes()).isEqualTo(FRAMES.get(i).batch().bytes());
        }
    }

    /** Where the header and each frame end. */
    private static List<Integer> frameEnds() {
        List<Integer> ends = new ArrayList<>();
        ends.add(WalFormat.HEADER_SIZE);
        FRAMES.forEach(frame -> ends.add(ends.getLast() + WalFormat.FRAME_HEAD_SIZE
                + frame.batch().size()));
        return ends;
    }

    private static byte[] file(List<WalFrame> frames) {
        List<ByteBuffer> parts = new ArrayList<>();
        parts.add(WalFormat.header(IDENTITY, NUMBER));
        parts.addAll(WalFormat.frames(frames));
        ByteBuffer file = ByteBuffer.allocate(parts.stream().mapToInt(ByteBuffer::remaining).sum());
        parts.forEach(file::put);
        return file.array();
    }
}
