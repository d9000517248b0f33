package io.cordwood.history.rows;

/**
 * Consecutive rows of a row group.
 *
 * @param first the number of the first, from 0
 * @param end the number of the row after the last
 */
public record RowSpan(int first, int end) {

    public RowSpan {
        if (first < 0 || end < first) {
            throw new IllegalArgumentException("no rows from " + first + " to " + end);
        }
    }

    /** How many they are. */
    public int size() {
        return end - first;
    }

    /** Whether a row is among them. */
    public boolean holds(int row) {
        return first <= row && row < end;
    }
}
