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

    /** The place of the first stretch that reaches the time; the count if none does. */
    public static int atTimestamp(List<Stretch> stretches, long timestampMillis) {
        int index = 0;
        while (index < stretches.size()
                && stretches.get(index).maxTimestampMillis() < timestampMillis) {
            index++;
        }
        return index;
    }

    /** Where a stretch ends, counted from the run's first byte. */
    public static int end(List<Stretch> stretches, int index, int runLength) {
        return index + 1 < stretches.size() ? stretches.get(index + 1).position() : runLength;
    }
}
