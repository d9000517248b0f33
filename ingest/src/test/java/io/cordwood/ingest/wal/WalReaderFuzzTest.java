package io.cordwood.ingest.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.cordwood.runtime.AllocationBound;
import io.cordwood.store.batch.BatchForge;
import io.cordwood.store.batch.BatchHeader;
import io.cordwood.store.batch.BatchLimits;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.segment.PartitionId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is found in a file of the local WAL, what is taken from it is what it begins with. */
class WalReaderFuzzTest {

    private static final UUID IDENTITY = new UUID(5, 6);
    private static final long NUMBER = 42;
    private static final BatchLimits LIMITS = new BatchLimits(64 << 10, 256 << 10);

    static Stream<Arguments> seeds() {
        WalFrame first = new WalFrame(new PartitionId(new UUID(1, 2), 3), Batches.of("first"));
        WalFrame second = new WalFrame(new PartitionId(new UUID(3, 4), 0),
                Batches.of("second", "and third"));
        return Stream.of(arguments(named("no frames", file(List.of()))),
                arguments(named("two frames", file(List.of(first, second)))));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsTakenIsWhatTheFileBeginsWith(byte[] input) {
        judge(ByteBuffer.wrap(input));
        if (input.length >= WalFormat.HEADER_SIZE) {
            judge(sealed(input));
        }
    }

    private static void judge(ByteBuffer file) {
        ByteBuffer untouched = file.duplicate();
        AllocationBound bound = new AllocationBound((4L << 20) + 64L * file.remaining());

        WalContent content = bound.hold(() -> WalReader.read(file, IDENTITY, NUMBER, LIMITS));

        assertThat(file).isEqualTo(untouched);
        int end = switch (content.end()) {
            case WalEnd.Whole() -> file.remaining();
            case WalEnd.Cut(long position) -> (int) position;
            case WalEnd.Damaged(long position, String complaint) -> (int) position;
        };
        byte[] begins = end == 0 ? new byte[0] : file(content.frames());
        assertThat(ByteBuffer.wrap(begins)).isEqualTo(file.slice(0, end));
    }

    private static byte[] file(List<WalFrame> frames) {
        List<ByteBuffer> parts = new ArrayList<>(List.of(WalFormat.header(IDENTITY, NUMBER)));
        parts.addAll(WalFormat.frames(frames));
        return Bytes.of(parts).copy().array();
    }

    /** The input with the right header, and with lengths and checksums that fit in each frame. */
    private static ByteBuffer sealed(byte[] input) {
        ByteBuffer file = ByteBuffer.wrap(input.clone()).put(WalFormat.header(IDENTITY, NUMBER));
        while (file.remaining() >= WalFormat.FRAME_HEAD_SIZE) {
            int room = file.remaining() - WalFormat.FRAME_HEAD_SIZE;
            int length = file.getInt(file.position());
            sealFrame(file.slice(), Math.clamp(length, -1, room));
            file.position(file.position() + WalFormat.FRAME_HEAD_SIZE
                    + Math.clamp(length, 0, room));
        }
        return file.rewind();
    }

    private static void sealFrame(ByteBuffer frame, int length) {
        ByteBuffer batch = frame.slice(WalFormat.FRAME_HEAD_SIZE, Math.max(0, length));
        if (length >= BatchHeader.SIZE) {
            BatchForge.seal(batch);
        }
        frame.putInt(0, length);
        frame.putInt(WalFormat.FRAME_BATCH_CRC, WalFormat.crc(batch.duplicate()));
        frame.putInt(WalFormat.FRAME_HEAD_CRC,
                WalFormat.crc(frame.slice(0, WalFormat.FRAME_HEAD_CRC)));
    }
}
