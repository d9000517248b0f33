package io.cordwood.store.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.sun.management.ThreadMXBean;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.record.internal.CompressionType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** A few bytes must not make anybody allocate many. */
class DecompressionBombTest {

    private static final int ALLOCATED_MAX = 24 << 20;
    private static final BatchLimits LIMITS = new BatchLimits(256 << 10, 4 << 20);

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void oneRecordThatUnpacksToMoreThanTheLimitIsRejected(CompressionType codec) {
        LogRecord large = new LogRecord(1, Optional.empty(),
                Optional.of(ByteBuffer.allocate(LIMITS.unpackedSizeMax())), List.of());
        ByteBuffer bomb = BatchForge.packing(codec).batch(List.of(large));

        assertThat(rejection(bomb)).isEqualTo(Reason.RECORD_TOO_LARGE);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "NONE")
    void manySmallRecordsThatUnpackToMoreThanTheLimitAreRejected(CompressionType codec) {
        LogRecord small = new LogRecord(1, Optional.empty(),
                Optional.of(ByteBuffer.allocate(1_000)),
                List.of());
        ByteBuffer bomb = BatchForge.packing(codec)
                .batch(Collections.nCopies(5_000, small));

        assertThat(rejection(bomb)).isEqualTo(Reason.RECORD_TOO_LARGE);
    }

    @ParameterizedTest
    @EnumSource
    void aRecordThatClaimsTwoGibibytesIsRejectedUnread(CompressionType codec) {
        byte[] sizeOnly = {-2, -1, -1, -1, 15, 0, 0, 0, 0, 0};

        ByteBuffer bomb = BatchForge.packing(codec).claiming(1, sizeOnly);

        assertThat(rejection(bomb)).isEqualTo(Reason.RECORD_TOO_LARGE);
    }

    @Test
    void aRecordThatClaimsNegativeOrNoBytesIsRejected() {
        for (byte[] size : new byte[][]{{0}, {1}, {-1, -1, -1, -1, 15}, {-1, -1, -1, -1, -1, 1}}) {
            ByteBuffer bomb = BatchForge.packing(CompressionType.NONE).claiming(1, size);

            assertThat(rejection(bomb)).isEqualTo(Reason.INVALID_RECORD);
        }
    }

    @Test
    void aRecordThatClaimsManyHeadersOrALongKeyIsRejected() {
        byte[] headers = {14, 0, 0, 0, 1, 1, -2, 15, 0, 0};
        byte[] longKey = {20, 0, 0, 0, -2, -1, -1, -1, 15, 0, 0};

        assertThat(rejection(BatchForge.packing(CompressionType.NONE).claiming(1, headers)))
                .isEqualTo(Reason.INVALID_RECORD);
        assertThat(rejection(BatchForge.packing(CompressionType.NONE).claiming(1, longKey)))
                .isEqualTo(Reason.INVALID_RECORD);
    }

    @Test
    void aSnappyChunkThatClaimsHundredsOfMebibytesIsRejectedUnread() {
        for (int claimed : new int[]{300 << 20, 511 << 20, Integer.MAX_VALUE, -5}) {
            ByteBuffer chunk = snappyHeader(64).putInt(claimed).putInt(0).flip();

            ByteBuffer bomb = BatchForge.packing(CompressionType.SNAPPY).claimingPacked(1, chunk);

            assertThat(rejection(bomb)).isEqualTo(Reason.INVALID_RECORD);
        }
    }

    @Test
    void aSnappyChunkThatClaimsToUnpackToHundredsOfMebibytesIsRejectedUnread() {
        ByteBuffer chunk = snappyHeader(64).putInt(8);
        chunk.put(new byte[]{-1, -1, -1, -1, 1, 0, 0, 0}).flip();

        ByteBuffer bomb = BatchForge.packing(CompressionType.SNAPPY).claimingPacked(1, chunk);

        assertThat(rejection(bomb)).isEqualTo(Reason.INVALID_RECORD);
    }

    private static ByteBuffer snappyHeader(int room) {
        byte[] magic = {-126, 'S', 'N', 'A', 'P', 'P', 'Y', 0};
        return ByteBuffer.allocate(room).put(magic).putInt(1).putInt(1);
    }

    private static Reason rejection(ByteBuffer bomb) {
        assertThat(bomb.remaining()).isLessThanOrEqualTo(LIMITS.sizeMax());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        Throwable thrown = catchThrowable(() -> ValidBatch.of(bomb, LIMITS));

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(ALLOCATED_MAX);
        assertThat(thrown).isInstanceOf(RejectedException.class);
        return ((RejectedException) thrown).reason();
    }
}
