package io.cordwood.query.plan;

import io.cordwood.store.segment.Stretch;
import java.util.List;

/** Finds the stretch of a long run where a search goes on. */
public final class Stretches {

    private Stretches() {}

    /** The last stretch that begins at or before the offset, counted from the run's first. */
    public static Stretch atOffset(List<Stretch> stretches, int offsetDelta) {
        int low = 0;
        int high = stretches.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (stretches.get(middle).offsetDelta() <= offsetDelta) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return stretches.get(low);
    }
}
