package io.cordwood.query;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * What was fetched: whole batches, the first of which holds the wanted offset and may begin before.
 *
 * @param parts each of one or more batches, in order; none if there was nothing in time
 * @param nextOffset where to go on
 * @param startOffset of the first record that the partition had
 * @param endOffset that the next record would have got
 */
public record Fetched(List<ByteBuffer> parts, long nextOffset, long startOffset, long endOffset) {

    public Fetched {
        parts = List.copyOf(parts);
    }
}
