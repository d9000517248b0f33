package io.cordwood.history.write;

import io.cordwood.store.object.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;

/** The bytes of a file, gathered in memory in chunks until they are taken; none is ever copied. */
final class FileOutput implements OutputFile {

    private static final int CHUNK_SIZE = 1 << 20;

    private final List<ByteBuffer> chunks = new ArrayList<>();
    private ByteBuffer open = ByteBuffer.allocate(CHUNK_SIZE);
    private long taken;

    /** What is ready of what was written since the last time: whole chunks. */
    Bytes take() {
        Bytes ready = Bytes.of(chunks.stream().map(chunk -> chunk.slice(0, CHUNK_SIZE)).toList());
        chunks.clear();
        taken += ready.size();
        return ready;
    }

    /** All that was not taken. */
    Bytes rest() {
        return bytesFrom(taken);
    }

    /** What was written so far, from a position on; nothing behind it was taken. */
    Bytes bytesFrom(long position) {
        List<ByteBuffer> rest = new ArrayList<>();
        long start = taken;
        for (ByteBuffer chunk : chunks) {
            rest.add(chunk.slice(0, CHUNK_SIZE)
                    .position((int) Math.clamp(position - start, 0L, CHUNK_SIZE)));
            start += CHUNK_SIZE;
        }
        rest.add(open.slice(0, open.position())
                .position((int) Math.clamp(position - start, 0L, open.position())));
        return Bytes.of(rest);
    }

    @Override
    public PositionOutputStream create(long blockSizeHint) {
        return new Stream(this);
    }

    @Override
    public PositionOutputStream createOrOverwrite(long blockSizeHint) {
        return new Stream(this);
    }

    @Override
    public boolean supportsBlockSize() {
        return false;
    }

    @Override
    public long defaultBlockSize() {
        return 0;
    }

    private long position() {
        return taken + (long) chunks.size() * CHUNK_SIZE + open.position();
    }

    private void write(byte[] bytes, int offset, int length) {
        int written = 0;
        while (written < length) {
            if (!open.hasRemaining()) {
                chunks.add(open);
                open = ByteBuffer.allocate(CHUNK_SIZE);
            }
            int part = Math.min(length - written, open.remaining());
            open.put(bytes, offset + written, part);
            written += part;
        }
    }

    /** Parquet writes to a class of its own, and to no interface. */
    private static final class Stream extends PositionOutputStream {

        private final FileOutput file;

        private Stream(FileOutput file) {
            this.file = file;
        }

        @Override
        public long getPos() {
            return file.position();
        }

        @Override
        public void write(int single) {
            file.write(new byte[]{(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            file.write(bytes, offset, length);
        }
    }
}
