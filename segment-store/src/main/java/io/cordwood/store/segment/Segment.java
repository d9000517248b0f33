package io.cordwood.store.segment;

import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * A finished segment and what is in it.
 *
 * @param bytes of which the first slice is the header
 * @param index where the index lies in the segment
 * @param runs in the order in which they lie
 * @param batches of each run, back to back; none where no batch of the run has a producer that is
 *        to be known
 */
public record Segment(UUID id, Bytes bytes, ByteRange index, List<SegmentRun> runs,
        List<List<RunBatch>> batches) {

    public Segment {
        runs = List.copyOf(runs);
        batches = List.copyOf(batches);
        RunBatch.requireOf(runs, batches);
        if (bytes.size() != index.end() + SegmentLayout.FOOTER_SIZE || runs.stream()
                .anyMatch(run -> run.position() + run.length() > index.position())) {
            throw new IllegalArgumentException("runs, index and footer make the segment: " + id);
        }
    }

    /** The same under another id. Bytes of batches are not copied. */
    public Segment withId(UUID other) {
        List<ByteBuffer> slices = new ArrayList<>(bytes.slices());
        slices.set(0, SegmentFrame.header(other));
        return new Segment(other, Bytes.of(slices), index, runs, batches);
    }
}
