package io.cordwood.cache;

import io.cordwood.runtime.CorruptException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory of block files. Everything here blocks. Files are written under another name first
 * and never synced: a checksum finds what a crash cut, and what is lost is fetched again.
 */
final class BlockDirectory {

    private static final Logger LOG = LoggerFactory.getLogger(BlockDirectory.class);
    private static final String PARTIAL = ".partial";
    private static final int FILE_BYTES_MAX = 1 << 20;

    private final Path path;
    private final InstantSource clock;

    BlockDirectory(Path path, InstantSource clock) {
        this.path = path;
        this.clock = clock;
    }

    /**
     * All block files, the one that was used longest ago first. Deletes what was left half written.
     */
    List<BlockFile> list() throws IOException {
        Files.createDirectories(path);
        List<Dated> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
            for (Path entry : entries) {
                if (entry.toString().endsWith(BlockFile.SUFFIX + PARTIAL)) {
                    Files.deleteIfExists(entry);
                } else if (entry.toString().endsWith(BlockFile.SUFFIX)) {
                    dated(entry).ifPresent(files::add);
                }
            }
        } catch (DirectoryIteratorException unreadable) {
            throw unreadable.getCause();
        }
        return files.stream()
                .sorted(Comparator.comparing(Dated::used)
                        .thenComparingLong(dated -> dated.file().serial()))
                .map(Dated::file)
                .toList();
    }

    /** Writes a new file. If that fails nothing is left of it. */
    void write(BlockFile file, BlockKey key, Block block) throws IOException {
        Path partial = path.resolve(file.fileName() + PARTIAL);
        try {
            writeAll(partial, BlockFormat.header(key, block), block.view());
            Files.setLastModifiedTime(partial, FileTime.from(clock.instant()));
            Files.move(partial, path.resolve(file.fileName()), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failure) {
            Files.deleteIfExists(partial);
            throw failure;
        }
    }

    /**
     * Reads a file and notes that it was used.
     *
     * @throws CorruptException if it does not hold that block, whole
     */
    Block read(BlockFile file, BlockKey key) throws IOException {
        Path source = path.resolve(file.fileName());
        ByteBuffer header = ByteBuffer.allocate(BlockFormat.headerBytes(key));
        Block block;
        try (FileChannel channel = FileChannel.open(source, StandardOpenOption.READ)) {
            long contentBytes = channel.size() - header.capacity();
            if (contentBytes <= 0 || contentBytes > Block.BYTES_MAX) {
                throw new CorruptException("no block is " + contentBytes + " bytes long");
            }
            byte[] content = new byte[(int) contentBytes];
            readAll(channel, header);
            readAll(channel, ByteBuffer.wrap(content));
            block = Block.owning(content);
        }
        BlockFormat.check(key, header.flip(), block);
        noteUse(source);
        return block;
    }

    /** Deletes a file, if it is there. */
    void delete(BlockFile file) throws IOException {
        Files.deleteIfExists(path.resolve(file.fileName()));
    }

    private void noteUse(Path file) {
        try {
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
        } catch (IOException unable) {
            LOG.debug("{} will seem older than it is", file, unable);
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }

    private static Optional<Dated> dated(Path entry) throws IOException {
        BasicFileAttributes attributes = Files.readAttributes(entry, BasicFileAttributes.class);
        int bytes = (int) Math.min(attributes.size(), FILE_BYTES_MAX);
        return BlockFile.parse(String.valueOf(entry.getFileName()), bytes)
                .map(file -> new Dated(file, attributes.lastModifiedTime()));
    }

    private static void writeAll(Path target, ByteBuffer... parts) throws IOException {
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
            for (ByteBuffer part : parts) {
                while (part.hasRemaining()) {
                    channel.write(part);
                }
            }
        }
    }

    private static void readAll(FileChannel channel, ByteBuffer target) throws IOException {
        while (target.hasRemaining()) {
            if (channel.read(target) < 0) {
                throw new CorruptException("a block file was cut while it was read");
            }
        }
    }

    private record Dated(BlockFile file, FileTime used) {}
}
