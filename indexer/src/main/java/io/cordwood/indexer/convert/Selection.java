package io.cordwood.indexer.convert;

import io.cordwood.history.write.RecordFilter;

/**
 * Which records of some runs are to be in the file that takes their place.
 *
 * @param filter asked of each record, in order
 * @param needed asked when all were seen: whether the file is to take their place at all
 */
public record Selection(RecordFilter filter, Need needed) {

    /** All of them from an offset on, in any case. */
    public static Selection from(long startOffset) {
        return new Selection((record, role) -> record.offset() >= startOffset, () -> true);
    }

    /** Tells whether a file is needed that could be finished now. */
    @FunctionalInterface
    public interface Need {

        boolean isThere();
    }
}
