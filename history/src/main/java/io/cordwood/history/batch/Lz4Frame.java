package io.cordwood.history.batch;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;

/**
 * Packs records as one frame of LZ4, in independent blocks of 64 KiB, as Kafka's clients expect.
 *
 * @see <a href="https://github.com/lz4/lz4/blob/dev/doc/lz4_Frame_format.md">LZ4 frame format</a>
 */
final class Lz4Frame {

    private Lz4Frame() {}

    /** The frame of so many bytes from a position on. */
    static byte[] of(byte[] bytes, int position, int length) {
        ByteArrayOutputStream frame = new ByteArrayOutputStream(Math.max(length / 2, 1 << 10));
        try (LZ4FrameOutputStream packing = new LZ4FrameOutputStream(frame,
                BLOCKSIZE.SIZE_64KB)) {
            packing.write(bytes, position, length);
        } catch (IOException impossible) {
            throw new UncheckedIOException("bytes in memory are packed without I/O", impossible);
        }
        return frame.toByteArray();
    }
}
