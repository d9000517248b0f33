package io.cordwood.store.segment;

import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;

/**
 * What a segment ends with, behind its runs.
 *
 * @param index where the index lies in the segment
 * @param bytes from the index on
 */
public record SegmentEnd(ByteRange index, Bytes bytes) {

    /** How long the segment is in bytes. */
    public long segmentLength() {
        return index.position() + bytes.size();
    }
}
