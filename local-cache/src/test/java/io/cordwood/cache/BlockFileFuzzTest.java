package io.cordwood.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.cordwood.store.object.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file in the cache is called, it is not ours, or it is found again by its name. */
class BlockFileFuzzTest {

    static Stream<Arguments> seeds() {
        BlockName name = BlockName.of(new BlockKey(new ObjectKey("a/b"), 5));
        return Stream.of(
                arguments(named("a block file", utf8(new BlockFile(name, 17, 31).fileName()))),
                arguments(named("a foreign file", utf8("notes.txt"))),
                arguments(named("without its dot", utf8("0".repeat(32) + "-5-171block"))),
                arguments(named("a number that begins with 0",
                        utf8("0".repeat(32) + "-05-1.block"))));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsOursIsFoundAgainByItsName(byte[] input) {
        String name = new String(input, StandardCharsets.UTF_8);

        BlockFile.parse(name, 31)
                .ifPresent(file -> assertThat(file.fileName()).isEqualTo(name));
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
