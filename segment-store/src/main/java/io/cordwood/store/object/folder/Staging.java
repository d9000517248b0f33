package io.cordwood.store.object.folder;

import io.cordwood.store.object.Bytes;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The folder in which files are written before they get the name of their key. Its own name holds a
 * character that no key has, so it is never listed. It is made when the store opens and never
 * again: where it is missing, the root was moved away or unmounted.
 */
final class Staging {

    private static final String NAME = "~unfinished";
    private static final Duration ABANDONED_AFTER = Duration.ofHours(1);

    private final Path directory;
    private final Disk disk;
    private final String writer;
    private final AtomicLong written = new AtomicLong();

    /**
     * Creates the part; the folder is made by {@link #open}.
     *
     * @param writer tells this process's files from those of others; two may have the same by
     *        chance
     */
    Staging(Path root, Disk disk, String writer) {
        this.directory = root.resolve(NAME);
        this.disk = disk;
        this.writer = writer;
    }

    /**
     * Makes the folder, tries out whether files can be linked, and removes what crashed processes
     * left behind. What is young may belong to a living process. Age is told by the clock of the
     * file system, which is the one that stamps the files.
     */
    void open() throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(directory);
        }
        Path probe = write(Bytes.of());
        Path link = directory.resolve(probe.getFileName() + "-link");
        try {
            disk.link(link, probe);
            removeOlderThan(modified(probe).minus(ABANDONED_AFTER));
        } catch (UnsupportedOperationException noLinks) {
            throw new IOException("its file system has no hard links", noLinks);
        } finally {
            discard(link);
            discard(probe);
        }
    }

    /** Whether the folder is still where it was when the store opened. */
    boolean isThere() {
        return Files.isDirectory(directory);
    }

    /** Writes the bytes durably to a new file, or leaves none. */
    Path write(Bytes bytes) throws IOException {
        while (true) {
            Path file = directory.resolve(writer + "-" + written.incrementAndGet());
            try {
                disk.write(file, bytes);
                return file;
            } catch (FileAlreadyExistsException taken) {
                // Another process drew the same name: the file is its own, the next number is free.
            } catch (IOException failure) {
                discard(file);
                throw failure;
            }
        }
    }

    /** Adds bytes durably to a file that was written before. */
    void append(Path file, Bytes bytes) throws IOException {
        disk.append(file, bytes);
    }

    /** Removes a file that is no longer needed, if it is there. One that stays is harmless. */
    void discard(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException stays) {
            // A later process removes it when it opens; nothing ever reads it.
        }
    }

    private void removeOlderThan(Instant limit) throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                if (isOlderThan(limit, file)) {
                    discard(file);
                }
            }
        }
    }

    /** What others have finished meanwhile is not there any more. */
    private static boolean isOlderThan(Instant limit, Path file) throws IOException {
        try {
            return modified(file).isBefore(limit);
        } catch (NoSuchFileException finished) {
            return false;
        }
    }

    private static Instant modified(Path file) throws IOException {
        return Files.getLastModifiedTime(file).toInstant();
    }
}
