package io.cordwood.ingest.wal.folder;

import io.cordwood.runtime.CorruptException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;

/**
 * The file that says who a directory is, in words that a person can read:
 *
 * <pre>
 *  cordwood local wal format 1
 *  identity 2f1c6f0e-...                   36 characters
 *  check 0a1b2c3d                          CRC-32C of the lines before, in hexadecimal
 * </pre>
 */
final class IdentityFile {

    private static final String NAME = "identity";
    private static final int SIZE_MAX = 4 << 10;
    private static final Pattern CONTENT = Pattern.compile(
            "(cordwood local wal format (\\d+)\\n"
                    + "identity ([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\\n)"
                    + "check ([0-9a-f]{8})\\n");

    private IdentityFile() {}

    /** The identity of the folder; if it has none, it gets the candidate, durably. */
    static UUID open(Path folder, UUID candidate) throws IOException {
        Path file = folder.resolve(NAME);
        if (!Files.exists(file)) {
            create(folder, file, candidate);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return parse(file, new String(in.readNBytes(SIZE_MAX), StandardCharsets.ISO_8859_1));
        }
    }

    private static void create(Path folder, Path file, UUID identity) throws IOException {
        String lines = "cordwood local wal format 1\nidentity " + identity + "\n";
        String content = lines + "check " + check(lines) + "\n";
        Path unfinished = folder.resolve(NAME + ".unfinished");
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.wrap(content.getBytes(StandardCharsets.ISO_8859_1));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel names = FileChannel.open(folder, StandardOpenOption.READ)) {
            names.force(true);
        }
    }

    private static UUID parse(Path file, String text) {
        Matcher content = CONTENT.matcher(text);
        if (!content.matches() || !check(content.group(1)).equals(content.group(4))) {
            throw new CorruptException(
                    "the file " + file + " is damaged: move its folder away; what is"
                            + " lost with it was acknowledged to nobody");
        }
        if (!content.group(2).equals("1")) {
            throw new CorruptException("the local WAL of " + file + " has format "
                    + content.group(2)
                    + ", this version knows format 1: use the version that wrote it, or another"
                    + " folder");
        }
        return UUID.fromString(content.group(3));
    }

    private static String check(String lines) {
        CRC32C crc = new CRC32C();
        crc.update(lines.getBytes(StandardCharsets.ISO_8859_1));
        return String.format("%08x", crc.getValue());
    }
}
