package io.cordwood.store.segment;

import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import java.util.List;
import java.util.UUID;

/**
 * A finished segment and what is in it.
 *
 * @param index where the index lies in the segment
 * @param runs in the order in which they lie
 */
public record Segment(UUID id, Bytes bytes, ByteRange index, List<SegmentRun> runs) {

    public Segment {
        runs = List.copyOf(runs);
    }
}
