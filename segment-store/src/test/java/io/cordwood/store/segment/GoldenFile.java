package io.cordwood.store.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Bytes of a format as they were when it was frozen, kept among the test resources of the format's
 * module under {@code golden/}. Whoever changes the format gets to know it here.
 */
public final class GoldenFile {

    private final String name;

    public GoldenFile(String name) {
        this.name = name;
    }

    /** The frozen bytes. */
    public ByteBuffer bytes() {
        try (InputStream in = GoldenFile.class.getResourceAsStream("/golden/" + name)) {
            return ByteBuffer.wrap(in == null ? new byte[0] : in.readAllBytes());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Demands that what is written today is what was frozen. Leaves today's bytes in
     * {@code target/golden}, from where a file of a new format version is taken.
     */
    public void assertIsWrittenToday(ByteBuffer today) {
        byte[] bytes = new byte[today.remaining()];
        today.duplicate().get(bytes);
        try {
            Files.createDirectories(Path.of("target", "golden"));
            Files.write(Path.of("target", "golden", name), bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        assertThat(today)
                .as("%s is frozen: a changed format needs a new version and a new file", name)
                .isEqualTo(bytes());
    }
}
