package io.cordwood.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.cordwood.runtime.AllocationBound;
import io.cordwood.runtime.CorruptException;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.ObjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is found in a block file is corrupt, or exactly the block that was asked for. */
class BlockDirectoryFuzzTest {

    private static final BlockKey KEY = new BlockKey(new ObjectKey("a/b"), 5);
    private static final BlockFile FILE = new BlockFile(BlockName.of(KEY), 17, 31);
    private static final int CRC = 20;
    private static final int OBJECT = 24;

    @TempDir
    static Path folder;

    static Stream<Arguments> seeds() {
        return Stream.of(
                arguments(named("a block", content(Block.owning(new byte[]{1, 2, 3, 4})))),
                arguments(named("a longer block", content(Block.owning(new byte[2_000])))));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsReadIsWrittenAlike(byte[] input) throws IOException {
        judge(input);
        if (input.length >= OBJECT) {
            judge(sealed(input));
        }
    }

    private static void judge(byte[] content) throws IOException {
        Files.write(folder.resolve(FILE.fileName()), content);

        Optional<Block> block = new AllocationBound((1 << 20) + 64L * content.length)
                .hold(BlockDirectoryFuzzTest::read);

        block.ifPresent(read -> assertThat(content(read)).isEqualTo(content));
    }

    private static Optional<Block> read() {
        try {
            return Optional.of(new BlockDirectory(folder, () -> Instant.EPOCH).read(FILE, KEY));
        } catch (CorruptException corrupt) {
            return Optional.empty();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static byte[] content(Block block) {
        return Bytes.of(BlockFormat.header(KEY, block), block.view()).copy().array();
    }

    private static byte[] sealed(byte[] input) {
        ByteBuffer file = ByteBuffer.wrap(input.clone());
        CRC32C crc = new CRC32C();
        crc.update(file.slice(0, CRC));
        crc.update(file.slice(OBJECT, input.length - OBJECT));
        return file.putInt(CRC, (int) crc.getValue()).array();
    }
}
