package io.cordwood.ingest.wal.folder;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.cordwood.runtime.CorruptException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is found in an identity file is corrupt, or exactly the identity that it says. */
class IdentityFileFuzzTest {

    private static final UUID ID = UUID.fromString("2f1c6f0e-0000-4000-8000-000000000001");
    private static final String CHECK = "check ";

    @TempDir
    static Path folder;

    static Stream<Arguments> seeds() {
        return Stream.of(arguments(named("an identity", content(ID))),
                arguments(named("another format", content("2", ID.toString()))),
                arguments(named("an identity of dashes", content("1", "-".repeat(36)))));
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsReadIsWrittenAlike(byte[] input) throws IOException {
        judge(input);
        judge(sealed(input));
    }

    private static void judge(byte[] content) throws IOException {
        Files.write(folder.resolve("identity"), content);

        Optional<UUID> identity = open();

        identity.ifPresent(id -> assertThat(content(id)).isEqualTo(content));
    }

    private static Optional<UUID> open() throws IOException {
        try {
            return Optional.of(IdentityFile.open(folder, ID));
        } catch (CorruptException corrupt) {
            return Optional.empty();
        }
    }

    private static byte[] content(UUID id) {
        return content("1", id.toString());
    }

    private static byte[] content(String format, String id) {
        String lines = "cordwood local wal format " + format + "\nidentity " + id + "\n";
        return (lines + CHECK + check(lines) + "\n").getBytes(ISO_8859_1);
    }

    /** The input with the check that its first lines have. */
    private static byte[] sealed(byte[] input) {
        String text = new String(input, ISO_8859_1);
        String lines = text.contains(CHECK) ? text.substring(0, text.lastIndexOf(CHECK)) : text;
        return (lines + CHECK + check(lines) + "\n").getBytes(ISO_8859_1);
    }

    private static String check(String lines) {
        CRC32C crc = new CRC32C();
        crc.update(lines.getBytes(ISO_8859_1));
        return String.format("%08x", crc.getValue());
    }
}
