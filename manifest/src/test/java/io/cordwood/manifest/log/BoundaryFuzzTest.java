package io.cordwood.manifest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.cordwood.runtime.CorruptException;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.vertx.core.Future;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is found where the boundary should be is corrupt, or exactly the boundary it says. */
class BoundaryFuzzTest {

    private static final int CRC = 16;
    private static final int SIZE = 20;

    static Stream<Arguments> seeds() {
        return Stream.of(arguments(named("a boundary", boundary(12_345))),
                arguments(named("below none", changed(8, (byte) -1))),
                arguments(named("something in what is reserved", changed(7, (byte) 1))));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsReadIsWrittenAlike(byte[] input) {
        judge(input);
        if (input.length == SIZE) {
            judge(sealed(input));
        }
    }

    private static void judge(byte[] bytes) {
        Future<Long> boundary = new Boundary(storing(bytes)).read();

        if (boundary.failed()) {
            assertThat(boundary.cause()).isInstanceOf(CorruptException.class);
        } else {
            assertThat(boundary.result()).isNotNegative();
            assertThat(boundary(boundary.result())).isEqualTo(bytes);
        }
    }

    private static byte[] boundary(long sequence) {
        MemoryObjectStore store = new MemoryObjectStore(() -> Instant.EPOCH);
        new Boundary(store).moveTo(sequence);
        return store.read(BucketLayout.BOUNDARY, SIZE).result().orElseThrow().array();
    }

    private static byte[] changed(int position, byte to) {
        byte[] bytes = boundary(1);
        bytes[position] = to;
        return bytes;
    }

    private static MemoryObjectStore storing(byte[] bytes) {
        MemoryObjectStore store = new MemoryObjectStore(() -> Instant.EPOCH);
        store.put(BucketLayout.BOUNDARY, Bytes.wrap(bytes));
        return store;
    }

    private static byte[] sealed(byte[] input) {
        ByteBuffer object = ByteBuffer.wrap(input.clone());
        CRC32C crc = new CRC32C();
        crc.update(object.slice(0, CRC));
        return object.putInt(CRC, (int) crc.getValue()).array();
    }
}
