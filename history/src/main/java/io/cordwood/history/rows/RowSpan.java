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

    /** Those of these rows that are among others, too; none if there are none. */
    RowSpan intersect(RowSpan other) {
        int from = Math.min(Math.max(first, other.first), end);
        return new RowSpan(from, Math.max(from, Math.min(end, other.end)));
    }
}
