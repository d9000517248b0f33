package io.cordwood.kafka.wire;

import io.cordwood.runtime.Invariant;
import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import org.apache.kafka.common.errors.InvalidRequestException;

/**
 * Cuts the bytes of a connection into frames: a length of four bytes, and that many bytes.
 *
 * <p>A frame becomes an array of its own size, so a record is copied once, and a slice of it lives
 * as long as somebody needs it. Memory is taken only after the caller has found room.
 */
final class FrameDecoder {

    /** API, version and correlation id: less is no request. */
    static final int LENGTH_MIN = 8;

    private static final ByteBuffer NO_FRAME = ByteBuffer.allocate(0);

    private final int lengthMax;
    private final ByteBuffer prefix = ByteBuffer.allocate(Integer.BYTES);
    private ByteBuffer frame = NO_FRAME;

    FrameDecoder(int lengthMax) {
        this.lengthMax = lengthMax;
    }

    /**
     * Goes on with some bytes, as far as the next thing to be decided.
     *
     * @throws InvalidRequestException when what comes cannot be a request
     */
    Step advance(ByteBuf input) {
        if (prefix.hasRemaining()) {
            copy(input, prefix);
            return prefix.hasRemaining() ? new Step.Starved() : new Step.Announced(length());
        }
        Invariant.check(frame.capacity() >= LENGTH_MIN, "a frame is begun before it is read");
        copy(input, frame);
        if (frame.hasRemaining()) {
            return new Step.Starved();
        }
        ByteBuffer complete = frame.flip();
        frame = NO_FRAME;
        prefix.clear();
        return new Step.Complete(complete);
    }

    /** Takes memory for the frame that was announced. */
    void begin() {
        frame = ByteBuffer.allocate(prefix.getInt(0));
    }

    private int length() {
        int length = prefix.getInt(0);
        if (length < LENGTH_MIN || length > lengthMax) {
            throw new InvalidRequestException("a request of " + Integer.toUnsignedString(length)
                    + " bytes is not one of " + LENGTH_MIN + " to " + lengthMax);
        }
        return length;
    }

    private static void copy(ByteBuf from, ByteBuffer to) {
        int length = Math.min(from.readableBytes(), to.remaining());
        from.readBytes(to.slice(to.position(), length));
        to.position(to.position() + length);
    }

    /** How far the bytes went. */
    sealed interface Step {

        /** More bytes are needed. */
        record Starved() implements Step {}

        /** A frame of that length comes: {@link #begin} when there is room for it. */
        record Announced(int length) implements Step {}

        /** A frame is whole. */
        record Complete(ByteBuffer frame) implements Step {}
    }
}
