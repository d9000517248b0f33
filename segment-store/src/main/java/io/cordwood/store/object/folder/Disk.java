package io.cordwood.store.object.folder;

import io.cordwood.store.object.Bytes;
import java.io.IOException;
import java.nio.file.Path;

/** The acts on a disk that make bytes durable, and that fail when it is full or broken. */
interface Disk {

    /**
     * Creates a file, writes the bytes and syncs them.
     *
     * @throws java.nio.file.FileAlreadyExistsException when there is such a file; it is not touched
     */
    void write(Path file, Bytes bytes) throws IOException;

    /** Adds bytes at the end of a file and syncs them. */
    void append(Path file, Bytes bytes) throws IOException;

    /** Gives a file a second name, unless there is something of that name. */
    void link(Path name, Path file) throws IOException;

    /** Gives a file another name, replacing the file of that name. */
    void rename(Path file, Path name) throws IOException;

    /** Makes the names in a folder durable. */
    void sync(Path directory) throws IOException;
}
