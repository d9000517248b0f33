package io.cordwood.store.object.folder;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The folders below the root, and which of them can be relied on.
 *
 * <p>A folder that another thread or process has just made may not be durable yet, so this process
 * trusts a folder only after it has itself synced the folder above. A folder whose own sync failed
 * is in doubt: what it shows may vanish in a power cut, until a later sync succeeds.
 */
final class Directories {

    private static final int TRUSTED_MAX = 10_000;

    private final Path root;
    private final Disk disk;
    private final Set<Path> trusted = ConcurrentHashMap.newKeySet();
    private final Set<Path> doubted = ConcurrentHashMap.newKeySet();

    Directories(Path root, Disk disk) {
        this.root = root;
        this.disk = disk;
    }

    /** Makes the root and the folders above it, durably. */
    void createRoot() throws IOException {
        createAbove(root);
    }

    /** Makes a folder below the root durable, making it and those between if need be. */
    void ensure(Path directory) throws IOException {
        if (directory.equals(root) || trusted.contains(directory)) {
            return;
        }
        ensure(parent(directory));
        create(directory);
        if (trusted.size() >= TRUSTED_MAX) {
            trusted.clear();
        }
        trusted.add(directory);
    }

    /** Makes the names in a folder durable. */
    void sync(Path directory) throws IOException {
        try {
            disk.sync(directory);
        } catch (IOException failure) {
            doubted.add(directory);
            throw failure;
        }
        doubted.remove(directory);
    }

    /** Syncs a folder that is in doubt, before what it shows is believed. */
    void settle(Path directory) throws IOException {
        if (doubted.contains(directory)) {
            sync(directory);
        }
    }

    /** Trusts no folder any more, because one has turned out to be gone. */
    void distrust() {
        trusted.clear();
    }

    private void createAbove(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            createAbove(parent(directory));
            create(directory);
        }
    }

    private void create(Path directory) throws IOException {
        try {
            Files.createDirectory(directory);
        } catch (FileAlreadyExistsException exists) {
            if (!Files.isDirectory(directory)) {
                throw new IOException(directory + " is a file where a folder should be", exists);
            }
        }
        disk.sync(parent(directory));
    }

    private static Path parent(Path directory) {
        Path parent = directory.getParent();
        if (parent == null) {
            throw new IllegalArgumentException("no folder above " + directory);
        }
        return parent;
    }
}
