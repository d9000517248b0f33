package io.cordwood.query.read;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * Whole batches with their offsets filled in.
 *
 * @param parts each of one or more batches, in order; they belong to whoever reads them
 * @param nextOffset the offset after the last
 * @param position where in the run of the next offset its batch begins; the run's length at its end
 */
public record Batches(List<ByteBuffer> parts, long nextOffset, int position) {

    public Batches {
        parts = List.copyOf(parts);
    }

    /** The bytes of all parts. */
    public int size() {
        return parts.stream().mapToInt(ByteBuffer::remaining).sum();
    }
}
