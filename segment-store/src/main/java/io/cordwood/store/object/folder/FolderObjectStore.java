package io.cordwood.store.object.folder;

import io.cordwood.runtime.Workers;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ByteSource;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.object.Listing;
import io.cordwood.store.object.ObjectKey;
import io.cordwood.store.object.ObjectPage;
import io.cordwood.store.object.ObjectStore;
import io.cordwood.store.object.PutOutcome;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * A store that keeps each object in a file below a folder. Any number of processes on one machine
 * may use the same folder. Nothing is retried: what fails on a disk fails again.
 */
public final class FolderObjectStore implements ObjectStore {

    private final FolderFiles files;
    private final FolderFailures failures;
    private final Workers workers;

    private FolderObjectStore(Path root, FolderFiles files, Workers workers) {
        this.files = files;
        this.failures = new FolderFailures(root);
        this.workers = workers;
    }

    /**
     * Opens the store in a folder, which is made if it is not there.
     *
     * @param root an absolute path, so that it means the same for as long as the process runs
     * @param workers do all that blocks
     * @param random draws the names of unfinished files, which should differ between processes
     * @return fails with {@link io.cordwood.runtime.UnavailableException} when the folder cannot be
     *         made, read, written or linked in
     */
    public static Future<FolderObjectStore> open(Path root, Workers workers,
            RandomGenerator random) {
        return open(root, workers, random, new LocalDisk());
    }

    static Future<FolderObjectStore> open(Path root, Workers workers, RandomGenerator random,
            Disk disk) {
        if (!root.isAbsolute()) {
            throw new IllegalArgumentException("not an absolute path: " + root);
        }
        String writer = Long.toHexString(random.nextLong());
        FolderFiles files = new FolderFiles(root, disk, writer);
        FolderObjectStore store = new FolderObjectStore(root, files, workers);
        return store.onWorker("open the store", () -> {
            files.open();
            return store;
        });
    }

    @Override
    public Future<Void> put(ObjectKey key, Bytes bytes) {
        return onWorker("write " + key, () -> {
            files.put(key, bytes);
            return key;
        }).mapEmpty();
    }

    @Override
    public Future<Void> putStream(ObjectKey key, ByteSource source) {
        return source.next().compose(first -> onWorker("write " + key,
                () -> files.stage(first.orElse(Bytes.of())))
                .compose(staged -> putStream(key, staged,
                        first.isPresent() ? source : ByteSource.of(List.of()))));
    }

    private Future<Void> putStream(ObjectKey key, Path staged, ByteSource rest) {
        String act = "write " + key;
        return rest.forEach(piece -> onWorker(act, () -> {
            files.extend(staged, piece);
            return staged;
        }).mapEmpty()).compose(written -> onWorker(act, () -> {
            files.publish(key, staged);
            return staged;
        })).<Void>mapEmpty().recover(failure -> onWorker(act, () -> {
            files.discard(staged);
            return staged;
        }).transform(discarded -> Future.failedFuture(failure)));
    }

    @Override
    public Future<PutOutcome> putIfAbsent(ObjectKey key, Bytes bytes) {
        return onWorker("write " + key, () -> files.putIfAbsent(key, bytes));
    }

    @Override
    public Future<Optional<ByteBuffer>> read(ObjectKey key, int sizeMax) {
        return onWorker("read " + key, () -> files.read(key, sizeMax));
    }

    @Override
    public Future<ByteBuffer> get(ObjectKey key, ByteRange range) {
        return onWorker("read " + key, () -> files.get(key, range));
    }

    @Override
    public Future<Void> delete(ObjectKey key) {
        return onWorker("delete " + key, () -> files.delete(key)).mapEmpty();
    }

    @Override
    public Future<ObjectPage> list(Listing listing) {
        return onWorker("list " + listing.prefix() + "*", () -> files.list(listing));
    }

    private <T> Future<T> onWorker(String act, FileWork<T> work) {
        return workers.call(() -> {
            try {
                return work.done();
            } catch (IOException failure) {
                throw failures.unavailable(act, failure);
            }
        });
    }

    /** Work on files, which fails where files fail. */
    @FunctionalInterface
    private interface FileWork<T> {

        T done() throws IOException;
    }
}
