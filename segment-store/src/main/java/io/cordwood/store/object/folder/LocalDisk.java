package io.cordwood.store.object.folder;

import io.cordwood.store.object.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The disk of this machine. Slices are gathered into few system calls of at most 1 MiB each,
 * because the platform keeps native memory as large as one call for every thread that writes.
 */
final class LocalDisk implements Disk {

    private static final int CALL_BYTES_MAX = 1 << 20;
    private static final int CALL_SLICES_MAX = 64;

    @Override
    public void write(Path file, Bytes bytes) throws IOException {
        write(file, bytes, StandardOpenOption.CREATE_NEW);
    }

    @Override
    public void append(Path file, Bytes bytes) throws IOException {
        write(file, bytes, StandardOpenOption.APPEND);
    }

    private static void write(Path file, Bytes bytes, StandardOpenOption how)
            throws IOException {
        try (FileChannel channel = FileChannel.open(file, how, StandardOpenOption.WRITE)) {
            List<ByteBuffer> rest = bytes.slices();
            while (!rest.isEmpty()) {
                skip(rest, channel.write(call(rest)));
                rest = rest.stream().dropWhile(slice -> !slice.hasRemaining()).toList();
            }
            channel.force(true);
        }
    }

    @Override
    public void link(Path name, Path file) throws IOException {
        Files.createLink(name, file);
    }

    @Override
    public void rename(Path file, Path name) throws IOException {
        Files.move(file, name, StandardCopyOption.ATOMIC_MOVE);
    }

    @Override
    public void sync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /**
     * Fills the buffer from the file, beginning at the position; stops early where the file ends.
     */
    static void fill(ByteBuffer buffer, FileChannel channel, long position) throws IOException {
        int end = buffer.limit();
        int read = 0;
        while (read >= 0 && buffer.position() < end) {
            buffer.limit(Math.min(end, buffer.position() + CALL_BYTES_MAX));
            read = channel.read(buffer, position + buffer.position());
        }
        buffer.limit(end);
    }

    private static ByteBuffer[] call(List<ByteBuffer> slices) {
        List<ByteBuffer> views = new ArrayList<>();
        int bytes = 0;
        for (ByteBuffer slice : slices) {
            if (bytes == CALL_BYTES_MAX || views.size() == CALL_SLICES_MAX) {
                break;
            }
            int length = Math.min(slice.remaining(), CALL_BYTES_MAX - bytes);
            views.add(slice.slice(slice.position(), length));
            bytes += length;
        }
        return views.toArray(ByteBuffer[]::new);
    }

    private static void skip(List<ByteBuffer> slices, long written) {
        long left = written;
        for (ByteBuffer slice : slices) {
            int length = (int) Math.min(left, slice.remaining());
            slice.position(slice.position() + length);
            left -= length;
        }
    }
}
