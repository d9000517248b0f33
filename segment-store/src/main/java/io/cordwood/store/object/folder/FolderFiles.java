package io.cordwood.store.object.folder;

import io.cordwood.runtime.CorruptException;
import io.cordwood.runtime.Invariant;
import io.cordwood.runtime.MissingObjectException;
import io.cordwood.runtime.UnknownOutcomeException;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.PutOutcome;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The objects of a folder, on the thread of the caller. An {@link IOException} says that a write
 * has not happened; an {@link UnknownOutcomeException}, that nobody can tell.
 */
final class FolderFiles {

    private final Path root;
    private final Disk disk;
    private final Staging staging;
    private final Directories directories;
    private final FolderFailures failures;

    FolderFiles(Path root, Disk disk, String writer) {
        this.root = root;
        this.disk = disk;
        this.staging = new Staging(root, disk, writer);
        this.directories = new Directories(root, disk);
        this.failures = new FolderFailures(root);
    }

    void open() throws IOException {
        directories.createRoot();
        staging.open();
    }

    void put(ObjectKey key, Bytes bytes) throws IOException {
        Path file = fileFor(key);
        publish(file, staging.write(bytes));
    }

    /** Writes bytes to a file that is no object yet. */
    Path stage(Bytes bytes) throws IOException {
        return staging.write(bytes);
    }

    /** Adds bytes to a file that is no object yet. */
    void extend(Path staged, Bytes bytes) throws IOException {
        staging.append(staged, bytes);
    }

    /** Makes a staged file the object of that key. */
    void publish(ObjectKey key, Path staged) throws IOException {
        publish(fileFor(key), staged);
    }

    private void publish(Path file, Path staged) throws IOException {
        try {
            rename(staged, file);
            syncFolderOf(file);
        } finally {
            staging.discard(staged);
        }
    }

    /** Removes a staged file. */
    void discard(Path staged) {
        staging.discard(staged);
    }

    PutOutcome putIfAbsent(ObjectKey key, Bytes bytes) throws IOException {
        Path file = fileFor(key);
        Path staged = staging.write(bytes);
        try {
            if (!link(file, staged)) {
                return new PutOutcome.Exists();
            }
            syncFolderOf(file);
            return new PutOutcome.Created();
        } catch (UnknownOutcomeException unknown) {
            return new PutOutcome.Unknown(unknown);
        } finally {
            staging.discard(staged);
        }
    }

    Optional<ByteBuffer> read(ObjectKey key, int sizeMax) throws IOException {
        try (FileChannel channel = opened(key)) {
            if (channel.size() > sizeMax) {
                throw new CorruptException(key + " in " + root + " has " + channel.size()
                        + " bytes, more than the " + sizeMax + " that it may have");
            }
            return Optional.of(filled(channel, 0, (int) channel.size()));
        } catch (MissingObjectException missing) {
            return Optional.empty();
        }
    }

    ByteBuffer get(ObjectKey key, ByteRange range) throws IOException {
        try (FileChannel channel = opened(key)) {
            long length = Math.min(range.length(), channel.size() - range.position());
            if (length <= 0) {
                throw new MissingObjectException(key + " in " + root + " ends at " + channel.size()
                        + ", before byte " + range.position());
            }
            return filled(channel, range.position(), (int) length);
        }
    }

    ObjectKey delete(ObjectKey key) throws IOException {
        Path file = root.resolve(key.value());
        directories.settle(folderOf(file));
        if (!Files.isDirectory(file) && Files.deleteIfExists(file)) {
            syncFolderOf(file);
        }
        checkFolder();
        return key;
    }

    ObjectPage list(Listing listing) throws IOException {
        checkFolder();
        return FolderListing.of(root, listing);
    }

    private Path fileFor(ObjectKey key) throws IOException {
        Path file = root.resolve(key.value());
        directories.ensure(folderOf(file));
        directories.settle(folderOf(file));
        return file;
    }

    private void rename(Path staged, Path file) throws IOException {
        try {
            disk.rename(staged, file);
        } catch (IOException failure) {
            directories.distrust();
            if (!Files.exists(staged)) {
                throw failures.unknown("name " + file, failure);
            }
            throw failure;
        }
    }

    /**
     * Gives the staged file its name, unless that is taken. A network file system may do as it was
     * asked and lose the answer, so after any failure the file that bears the name is the witness.
     */
    private boolean link(Path file, Path staged) throws IOException {
        try {
            disk.link(file, staged);
            return true;
        } catch (FileAlreadyExistsException taken) {
            Invariant.check(!Files.isDirectory(file), "no key is another's folder: %s", file);
            return isOneFile(file, staged);
        } catch (IOException failure) {
            directories.distrust();
            if (!isOneFile(file, staged)) {
                throw failure;
            }
            return true;
        }
    }

    private boolean isOneFile(Path file, Path staged) {
        try {
            return Files.isSameFile(file, staged);
        } catch (NoSuchFileException absent) {
            return false;
        } catch (IOException failure) {
            throw failures.unknown("name " + file, failure);
        }
    }

    private void syncFolderOf(Path file) {
        try {
            directories.sync(folderOf(file));
        } catch (IOException failure) {
            throw failures.unknown("keep the name of " + file, failure);
        }
    }

    private FileChannel opened(ObjectKey key) throws IOException {
        Path file = root.resolve(key.value());
        directories.settle(folderOf(file));
        try {
            if (!Files.isDirectory(file)) {
                return FileChannel.open(file, StandardOpenOption.READ);
            }
        } catch (NoSuchFileException absent) {
            checkFolder();
        }
        throw new MissingObjectException("no object " + key + " in " + root);
    }

    /** An object is absent only if the folder is there; an unmounted disk shows an empty folder. */
    private void checkFolder() throws IOException {
        if (!staging.isThere()) {
            throw new NoSuchFileException(root.toString());
        }
    }

    private static ByteBuffer filled(FileChannel channel, long position, int length)
            throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(length);
        LocalDisk.fill(buffer, channel, position);
        if (buffer.hasRemaining()) {
            throw new CorruptException(
                    "a file was cut to " + channel.size() + " bytes while it was read");
        }
        return buffer.flip();
    }

    private Path folderOf(Path file) {
        Path folder = file.getParent();
        return folder == null ? root : folder;
    }
}
