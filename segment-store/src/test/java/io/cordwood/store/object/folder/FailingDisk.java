package io.cordwood.store.object.folder;

import io.cordwood.store.object.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The local disk, until it is told to fail. */
final class FailingDisk implements Disk {

    private final Disk disk = new LocalDisk();
    private Optional<IOException> writeFailure = Optional.empty();
    private Optional<IOException> linkFailure = Optional.empty();
    private Optional<IOException> syncFailure = Optional.empty();
    private boolean linksBeforeFailing;

    void failWrites(IOException failure) {
        writeFailure = Optional.of(failure);
    }

    void failLinks(IOException failure) {
        linkFailure = Optional.of(failure);
    }

    /** Does as it is asked, then says that it failed, as a network file system may. */
    void loseAnswersOfLinks(IOException failure) {
        linksBeforeFailing = true;
        linkFailure = Optional.of(failure);
    }

    void failSyncs(IOException failure) {
        syncFailure = Optional.of(failure);
    }

    void heal() {
        writeFailure = Optional.empty();
        linkFailure = Optional.empty();
        syncFailure = Optional.empty();
        linksBeforeFailing = false;
    }

    @Override
    public void write(Path file, Bytes bytes) throws IOException {
        if (writeFailure.isPresent()) {
            Files.write(file, new byte[]{1, 2, 3});
            throw writeFailure.get();
        }
        disk.write(file, bytes);
    }

    @Override
    public void append(Path file, Bytes bytes) throws IOException {
        if (writeFailure.isPresent()) {
            throw writeFailure.get();
        }
        disk.append(file, bytes);
    }

    @Override
    public void link(Path name, Path file) throws IOException {
        if (linkFailure.isEmpty() || linksBeforeFailing) {
            disk.link(name, file);
        }
        if (linkFailure.isPresent()) {
            throw linkFailure.get();
        }
    }

    @Override
    public void rename(Path file, Path name) throws IOException {
        if (linkFailure.isEmpty() || linksBeforeFailing) {
            disk.rename(file, name);
        }
        if (linkFailure.isPresent()) {
            throw linkFailure.get();
        }
    }

    @Override
    public void sync(Path directory) throws IOException {
        if (syncFailure.isPresent()) {
            throw syncFailure.get();
        }
        disk.sync(directory);
    }
}
