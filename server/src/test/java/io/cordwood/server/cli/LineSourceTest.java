package io.cordwood.server.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class LineSourceTest {

    @Test
    void aLineEndsAtItsNewlineOrAtTheEnd() throws IOException {
        assertThat(lines("a\nb")).containsExactly("a", "b");
        assertThat(lines("a\n\nb\n")).containsExactly("a", "", "b");
        assertThat(lines("\n")).containsExactly("");
        assertThat(lines("")).isEmpty();
        assertThat(lines("a\r\n")).containsExactly("a\r");
    }

    @Test
    void aLineMayBeLongerThanTheBuffer() throws IOException {
        String line = "x".repeat(500_000);

        assertThat(lines(line + "\n" + line)).containsExactly(line, line);
    }

    @Test
    void aLineThatIsTooLongIsSaidBeforeAllOfItIsRead() {
        LineSource source = source("ok\n" + "x".repeat(3 << 20));

        assertThatThrownBy(() -> {
            source.next();
            source.next();
        }).isInstanceOf(CommandFailure.class).hasMessageContaining("line 2 is longer");
    }

    @Test
    void theNumberOfLinesIsGuessedFromThoseThatWereRead() throws IOException {
        LineSource source = source("ab\ncd\nef\n");

        long before = source.expected(900);
        source.next();

        assertThat(before).isEqualTo(-1);
        assertThat(source.expected(900)).isEqualTo(300);
        assertThat(source.expected(0)).isEqualTo(-1);
    }

    private static List<String> lines(String input) throws IOException {
        LineSource source = source(input);
        List<String> lines = new ArrayList<>();
        for (Optional<byte[]> line = source.next(); line.isPresent(); line = source.next()) {
            lines.add(new String(line.get(), ISO_8859_1));
        }
        assertThat(source.lines()).isEqualTo(lines.size());
        return lines;
    }

    private static LineSource source(String input) {
        return new LineSource(new ByteArrayInputStream(input.getBytes(ISO_8859_1)), 1 << 20);
    }
}
