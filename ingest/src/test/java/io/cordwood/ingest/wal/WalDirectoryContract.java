package io.cordwood.ingest.wal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What every directory of a local WAL does. */
public interface WalDirectoryContract {

    /** Opens the directory, as a process does that starts after the last was closed. */
    WalDirectory open();

    @Test
    default void aDirectoryIsTheSameForEver() throws IOException {
        WalDirectory first = open();
        first.close();

        WalDirectory second = open();

        assertThat(second.identity()).isEqualTo(first.identity());
        second.close();
    }

    @Test
    default void whatIsAppendedFollowsWhatWasThere() throws IOException {
        WalDirectory directory = open();
        directory.append(7, List.of(bytes("ab"), bytes("c")));
        directory.append(7, List.of(bytes("d")));
        directory.append(8, List.of(bytes("e")));
        directory.close();

        WalDirectory next = open();
        assertThat(next.numbers()).containsExactly(7L, 8L);
        assertThat(text(next.read(7, 100))).isEqualTo("abcd");
        assertThat(text(next.read(8, 100))).isEqualTo("e");
        next.close();
    }

    @Test
    default void aReadStopsAtItsBound() throws IOException {
        WalDirectory directory = open();
        directory.append(1, List.of(bytes("abcdef")));

        assertThat(text(directory.read(1, 4))).isEqualTo("abcd");
        directory.close();
    }

    @Test
    default void largeFilesComeBackWhole() throws IOException {
        WalDirectory directory = open();
        byte[] large = new byte[3_000_001];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) (i % 251);
        }

        directory.append(1,
                List.of(ByteBuffer.wrap(large, 0, 1), ByteBuffer.wrap(large, 1, 3_000_000)));

        assertThat(directory.read(1, 10_000_000)).isEqualTo(ByteBuffer.wrap(large));
        directory.close();
    }

    @Test
    default void aFileThatWasThereBeforeIsNotTouched() throws IOException {
        WalDirectory first = open();
        first.append(1, List.of(bytes("a")));
        first.close();

        WalDirectory second = open();
        assertThatThrownBy(() -> second.append(1, List.of(bytes("b"))))
                .isInstanceOf(FileAlreadyExistsException.class);
        assertThat(text(second.read(1, 100))).isEqualTo("a");
        second.close();
    }

    @Test
    default void deletingIsForGoodAndMayBeRepeated() throws IOException {
        WalDirectory directory = open();
        directory.append(1, List.of(bytes("a")));

        directory.delete(1);
        directory.delete(1);

        assertThat(directory.numbers()).isEmpty();
        assertThatThrownBy(() -> directory.read(1, 100)).isInstanceOf(NoSuchFileException.class);
        directory.append(2, List.of(bytes("b")));
        assertThat(directory.numbers()).containsExactly(2L);
        directory.close();
    }

    @Test
    default void whatIsSetAsideMakesRoomForItsNumber() throws IOException {
        WalDirectory directory = open();
        directory.append(1, List.of(bytes("a")));
        directory.close();
        WalDirectory next = open();

        next.setAside(1);
        assertThat(next.numbers()).isEmpty();
        next.append(1, List.of(bytes("b")));

        assertThat(text(next.read(1, 100))).isEqualTo("b");
        next.close();
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
    }

    private static String text(ByteBuffer bytes) {
        return StandardCharsets.UTF_8.decode(bytes).toString();
    }
}
