package io.cordwood.manifest.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.ManualEventLoop;
import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.memory.MemoryObjectStore;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class BoundaryTest {

    private final ManualEventLoop loop = new ManualEventLoop();
    private final MemoryObjectStore bucket = new MemoryObjectStore(loop::now);
    private final Boundary boundary = new Boundary(bucket);

    @Test
    void aLogOfWhichNothingWasDeletedHasNone() {
        assertThat(loop.await(boundary.read())).isEqualTo(Boundary.NONE);
    }

    @Test
    void itOnlyRises() {
        loop.await(boundary.moveTo(5));
        loop.await(boundary.moveTo(5));
        loop.await(boundary.moveTo(1_000));

        assertThatThrownBy(() -> loop.await(boundary.moveTo(999)))
                .isInstanceOf(AssertionError.class)
                .hasStackTraceContaining("the boundary only rises");
        assertThat(loop.await(boundary.read())).isEqualTo(1_000);
    }

    @Test
    void itIsWrittenAsItEverWas() {
        loop.await(boundary.moveTo(0x0102030405060708L));

        assertThat(HexFormat.of().formatHex(object()))
                .isEqualTo("43574d42000100000102030405060708" + "1e5628d8");
    }

    @Test
    void everyFlippedBitAndEveryCutIsFound() {
        loop.await(boundary.moveTo(7));
        byte[] good = object();
        for (int position = 0; position < good.length; position++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = good.clone();
                damaged[position] ^= (byte) (1 << bit);
                assertCorrupt(damaged);
            }
            assertCorrupt(Arrays.copyOf(good, position));
        }
        assertCorrupt(Arrays.copyOf(good, good.length + 1));
    }

    private void assertCorrupt(byte[] object) {
        bucket.put(BucketLayout.BOUNDARY, Bytes.wrap(object));

        assertThatThrownBy(() -> loop.await(boundary.read())).isInstanceOf(CorruptException.class);
    }

    private byte[] object() {
        ByteBuffer object = loop.await(bucket.read(BucketLayout.BOUNDARY, 100)).orElseThrow();
        byte[] bytes = new byte[object.remaining()];
        object.get(bytes);
        return bytes;
    }
}
