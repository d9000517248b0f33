package io.cordwood.ingest.wal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * What a local WAL directory leaves behind when its process ends, in memory. Can be full, and can
 * be damaged on purpose.
 */
public final class MemoryWalDisk {

    private final UUID identity;
    private final TreeMap<Long, byte[]> files = new TreeMap<>();
    private final TreeMap<Long, byte[]> setAside = new TreeMap<>();
    private boolean full;
    private boolean stuck;

    /** An empty disk whose directory has that identity. */
    public MemoryWalDisk(UUID identity) {
        this.identity = identity;
    }

    /** The directory, as a process that starts now sees it. */
    public WalDirectory open() {
        return new Directory();
    }

    /** From now on half of what is written gets onto the disk, and then it is full. */
    public void fill() {
        full = true;
    }

    /** There is room again. */
    public void free() {
        full = false;
    }

    /** From now on nothing can be deleted. */
    public void refuseDeletes() {
        stuck = true;
    }

    /** The numbers of the files that there are. */
    public List<Long> numbers() {
        return List.copyOf(files.keySet());
    }

    /** The bytes of the files that there are. */
    public long bytes() {
        return files.values().stream().mapToLong(file -> file.length).sum();
    }

    /** The numbers of the files that were set aside. */
    public List<Long> setAside() {
        return List.copyOf(setAside.keySet());
    }

    /** The bytes of a file. */
    public byte[] content(long number) {
        return Optional.ofNullable(files.get(number)).orElseThrow().clone();
    }

    /** Makes another file of a file. */
    public void change(long number, UnaryOperator<byte[]> change) {
        files.put(number, change.apply(content(number)));
    }

    /** Loses a file. */
    public void lose(long number) {
        files.remove(number);
    }

    private final class Directory implements WalDirectory {

        private long begun;

        @Override
        public UUID identity() {
            return identity;
        }

        @Override
        public List<Long> numbers() {
            return MemoryWalDisk.this.numbers();
        }

        @Override
        public ByteBuffer read(long number, int sizeMax) throws IOException {
            byte[] file = file(number);
            return ByteBuffer.wrap(file.clone(), 0, Math.min(file.length, sizeMax));
        }

        @Override
        public void append(long number, List<ByteBuffer> bytes) throws IOException {
            if (number != begun && files.containsKey(number)) {
                throw new FileAlreadyExistsException(String.valueOf(number));
            }
            begun = number;
            ByteArrayOutputStream file = new ByteArrayOutputStream();
            file.writeBytes(files.getOrDefault(number, new byte[0]));
            for (ByteBuffer slice : bytes) {
                byte[] content = new byte[full ? slice.remaining() / 2 : slice.remaining()];
                slice.get(content);
                file.writeBytes(content);
                if (full) {
                    break;
                }
            }
            files.put(number, file.toByteArray());
            if (full) {
                throw new IOException("no space left on device");
            }
        }

        @Override
        public void delete(long number) throws IOException {
            if (stuck) {
                throw new IOException("the file system is read-only");
            }
            files.remove(number);
        }

        @Override
        public void setAside(long number) throws IOException {
            setAside.put(number, file(number));
            files.remove(number);
        }

        @Override
        public void close() {
            begun = 0;
        }

        @Override
        public String toString() {
            return "memory";
        }

        private byte[] file(long number) throws IOException {
            return Optional.ofNullable(files.get(number))
                    .orElseThrow(() -> new NoSuchFileException(String.valueOf(number)));
        }
    }
}
