package io.cordwood.server.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is piped in is lines, with a newline between each two, or has one that is too long. */
class LineSourceFuzzTest {

    private static final int LINE_BYTES_MAX = 20;
    private static final int READ_BYTES_MAX = 7;

    static Stream<Arguments> seeds() {
        return Stream.of("a line\nand another\n", "\n\nno newline at the end", "\r\n\u00ff",
                "a line that is too long for a record\n")
                .map(text -> arguments(named(text.strip(), text.getBytes(ISO_8859_1))));
    }

    @MethodSource("seeds")
    @FuzzTest
    void theLinesAreTheInput(byte[] input) throws IOException {
        List<String> lines = new ArrayList<>(
                List.of(new String(input, ISO_8859_1).split("\n", -1)));
        if (lines.getLast().isEmpty()) {
            lines.removeLast();
        }
        boolean tooLong = lines.stream().anyMatch(line -> line.length() > LINE_BYTES_MAX);

        assertThat(read(input)).isEqualTo(tooLong ? Optional.empty() : Optional.of(lines));
    }

    private static Optional<List<String>> read(byte[] input) throws IOException {
        LineSource source = new LineSource(new Dripping(input), LINE_BYTES_MAX);
        List<String> lines = new ArrayList<>();
        try {
            for (Optional<byte[]> line = source.next(); line.isPresent(); line = source.next()) {
                lines.add(new String(line.get(), ISO_8859_1));
            }
            assertThat(source.lines()).isEqualTo(lines.size());
            return Optional.of(lines);
        } catch (CommandFailure tooLong) {
            return Optional.empty();
        }
    }

    /** A pipe that gives a few bytes at a time. */
    private static final class Dripping extends InputStream {

        private final InputStream bytes;

        Dripping(byte[] input) {
            this.bytes = new ByteArrayInputStream(input);
        }

        @Override
        public int read() throws IOException {
            return bytes.read();
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            return bytes.read(target, offset, Math.min(length, READ_BYTES_MAX));
        }
    }
}
