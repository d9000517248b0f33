package io.cordwood.query.plan;

import io.cordwood.manifest.state.HistoryRef;
import io.cordwood.manifest.state.Home;
import io.cordwood.manifest.state.Run;
import io.cordwood.manifest.state.SegmentRef;

/**
 * A place in a run. What lies there is the same for as long as the run lies in that home.
 *
 * @param position so many bytes into a run of a segment; in history, where the file alone knows
 *        which bytes those are, so many offsets
 */
public record Mark(Home home, long runBaseOffset, int position) {

    /** A place in a run. */
    static Mark in(Run run, int position) {
        return new Mark(run.home(), run.baseOffset(), position);
    }

    /**
     * Where a reader stopped in a run.
     *
     * @param offset that is next
     * @param position of its batch, where the run lies in a segment
     */
    public static Mark stopped(Run run, long offset, int position) {
        if (offset == run.baseOffset()) {
            return in(run, 0);
        }
        return in(run, switch (run.home()) {
            case SegmentRef segment -> position;
            case HistoryRef file -> (int) (offset - run.baseOffset());
        });
    }

    /** Whether it lies in that run, as it is now. */
    public boolean isIn(Run run) {
        return runBaseOffset == run.baseOffset() && home.equals(run.home());
    }

    /** Whether it lies behind another. */
    public boolean isAfter(Mark other) {
        return runBaseOffset > other.runBaseOffset || (runBaseOffset == other.runBaseOffset
                && home.equals(other.home) && position > other.position);
    }
}
