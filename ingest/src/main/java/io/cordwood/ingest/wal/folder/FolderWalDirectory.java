package io.cordwood.ingest.wal.folder;

import io.cordwood.ingest.wal.WalDirectory;
import io.cordwood.runtime.UnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A folder of files.
 *
 * <pre>
 *  lock                        held by the process that uses the folder
 *  identity                    who the folder is
 *  NUMBER.wal                  a segment; the number has twenty digits
 *  NUMBER.wal.damaged[.N]      a segment that could not be read to its end
 * </pre>
 */
public final class FolderWalDirectory implements WalDirectory {

    private static final Pattern NAME = Pattern.compile("0\\d{19}\\.wal");
    private static final String SUFFIX = ".wal";

    /** How much is written by one call: the platform keeps as much native memory for a thread. */
    private static final int CALL_SIZE_MAX = 256 << 10;

    private final Path folder;
    private final FileChannel lock;
    private final UUID identity;
    private final ByteBuffer staging = ByteBuffer.allocateDirect(CALL_SIZE_MAX);
    private Optional<NumberedFile> current = Optional.empty();

    private FolderWalDirectory(Path folder, FileChannel lock, UUID identity) {
        this.folder = folder;
        this.lock = lock;
        this.identity = identity;
    }

    /**
     * Opens a folder, which is made if it is not there. Blocks.
     *
     * @param newIdentity who the folder becomes if it is nobody yet
     * @throws UnavailableException when another process uses it, or the disk refuses
     * @throws io.cordwood.runtime.CorruptException when nobody can tell who it is
     */
    public static FolderWalDirectory open(Path folder, UUID newIdentity) {
        try {
            Files.createDirectories(folder);
            FileChannel lock = lock(folder);
            try {
                return new FolderWalDirectory(folder, lock, IdentityFile.open(folder, newIdentity));
            } catch (IOException | RuntimeException failure) {
                lock.close();
                throw failure;
            }
        } catch (IOException failure) {
            throw new UnavailableException("the local WAL in " + folder + " cannot be opened: "
                    + failure + "; give this node a local directory that it may write", failure);
        }
    }

    private static FileChannel lock(Path folder) throws IOException {
        FileChannel channel = FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE);
        if (!isLocked(channel)) {
            channel.close();
            throw new UnavailableException(
                    "the local WAL in " + folder + " is used by another process:"
                            + " stop it, or give this one a local directory of its own");
        }
        return channel;
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException usedByThisProcess) {
            return false;
        }
    }

    @Override
    public UUID identity() {
        return identity;
    }

    @Override
    public List<Long> numbers() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> folder.relativize(file).toString())
                    .filter(name -> NAME.matcher(name).matches())
                    .map(name -> Long.parseLong(name, 0, name.length() - SUFFIX.length(), 10))
                    .sorted().toList();
        }
    }

    @Override
    public ByteBuffer read(long number, int sizeMax) throws IOException {
        try (FileChannel channel = FileChannel.open(file(number), StandardOpenOption.READ)) {
            ByteBuffer content = ByteBuffer.allocate((int) Math.min(channel.size(), sizeMax));
            int read = 0;
            while (content.hasRemaining() && read >= 0) {
                staging.clear().limit(Math.min(staging.capacity(), content.remaining()));
                read = channel.read(staging);
                content.put(staging.flip());
            }
            return content.flip();
        }
    }

    @Override
    public void append(long number, List<ByteBuffer> bytes) throws IOException {
        FileChannel channel = channel(number);
        staging.clear();
        for (ByteBuffer slice : bytes) {
            while (slice.hasRemaining()) {
                if (!staging.hasRemaining()) {
                    drainStaging(channel);
                }
                int length = Math.min(slice.remaining(), staging.remaining());
                staging.put(slice.slice(slice.position(), length));
                slice.position(slice.position() + length);
            }
        }
        drainStaging(channel);
    }

    private void drainStaging(FileChannel channel) throws IOException {
        staging.flip();
        while (staging.hasRemaining()) {
            channel.write(staging);
        }
        staging.clear();
    }

    private FileChannel channel(long number) throws IOException {
        if (current.isEmpty() || current.get().number() != number) {
            closeCurrent();
            current = Optional.of(new NumberedFile(number, FileChannel.open(file(number),
                    StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)));
        }
        return current.get().channel();
    }

    @Override
    public void delete(long number) throws IOException {
        if (current.isPresent() && current.get().number() == number) {
            closeCurrent();
        }
        Files.deleteIfExists(file(number));
    }

    @Override
    public void setAside(long number) throws IOException {
        String name = name(number) + ".damaged";
        Path damaged = folder.resolve(name);
        for (int i = 2; Files.exists(damaged); i++) {
            damaged = folder.resolve(name + "." + i);
        }
        Files.move(file(number), damaged);
    }

    @Override
    public void close() throws IOException {
        try {
            closeCurrent();
        } finally {
            lock.close();
        }
    }

    private void closeCurrent() throws IOException {
        if (current.isPresent()) {
            FileChannel channel = current.get().channel();
            current = Optional.empty();
            channel.close();
        }
    }

    private Path file(long number) {
        return folder.resolve(name(number));
    }

    private static String name(long number) {
        return String.format("%020d", number) + SUFFIX;
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    private record NumberedFile(long number, FileChannel channel) {}
}
