package io.cordwood.query.plan;

import io.cordwood.manifest.state.Run;
import io.cordwood.store.segment.Stretch;
import java.util.ArrayList;
import java.util.List;

/**
 * A part of a run that is looked at as a whole when a record is searched by its time.
 *
 * @param endOffset the offset after its last record
 * @param maxTimestampMillis the largest timestamp in it
 */
public record Piece(Slice slice, long endOffset, long maxTimestampMillis) {

    /** All of a run. */
    public static Piece ofAll(Run run) {
        return new Piece(new Slice(run, 0, 0, run.length()), run.endOffset(),
                run.maxTimestampMillis());
    }

    /** The pieces of a run, in their order: its stretches, or all of it if it has none. */
    public static List<Piece> of(Run run, List<Stretch> stretches) {
        if (stretches.isEmpty()) {
            return List.of(ofAll(run));
        }
        List<Piece> pieces = new ArrayList<>(stretches.size());
        for (int i = 0; i < stretches.size(); i++) {
            Stretch stretch = stretches.get(i);
            boolean last = i == stretches.size() - 1;
            int end = last ? run.length() : stretches.get(i + 1).position();
            long endOffset = last
                    ? run.endOffset()
                    : run.baseOffset() + stretches.get(i + 1).offsetDelta();
            pieces.add(new Piece(new Slice(run, stretch.position(), stretch.offsetDelta(),
                    end - stretch.position()), endOffset, stretch.maxTimestampMillis()));
        }
        return pieces;
    }

    /** Whether it begins before an offset and ends after it. */
    public boolean isCutBy(long offset) {
        return slice.baseOffset() < offset && endOffset > offset;
    }

    /** Whether it has a record from an offset on that may be as late as a time. */
    public boolean mayReach(long offset, long timestampMillis) {
        return endOffset > offset && maxTimestampMillis >= timestampMillis;
    }
}
