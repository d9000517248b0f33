package io.cordwood.store.object.folder;

import io.cordwood.store.object.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The local disk, and a list of what it was asked to do. */
final class RecordingDisk implements Disk {

    private final Disk disk = new LocalDisk();
    private final Path root;
    private final List<String> acts = new ArrayList<>();

    RecordingDisk(Path root) {
        this.root = root;
    }

    List<String> acts() {
        return acts;
    }

    @Override
    public void write(Path file, Bytes bytes) throws IOException {
        acts.add("write");
        disk.write(file, bytes);
    }

    @Override
    public void append(Path file, Bytes bytes) throws IOException {
        acts.add("append");
        disk.append(file, bytes);
    }

    @Override
    public void link(Path name, Path file) throws IOException {
        acts.add("link " + root.relativize(name));
        disk.link(name, file);
    }

    @Override
    public void rename(Path file, Path name) throws IOException {
        acts.add("rename " + root.relativize(name));
        disk.rename(file, name);
    }

    @Override
    public void sync(Path directory) throws IOException {
        acts.add("sync /" + root.relativize(directory));
        disk.sync(directory);
    }
}
