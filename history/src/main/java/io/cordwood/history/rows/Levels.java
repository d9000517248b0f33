package io.cordwood.history.rows;

import io.cordwood.history.file.Damage;
import java.nio.ByteBuffer;

/**
 * The levels in front of a page's values: which of them are there, and where rows begin.
 *
 * <pre>
 *  +--------+-------------+--------+-------------+--------
 *  | length | repetition  | length | definition  | values
 *  |        | levels      |        | levels      | ...
 *  +--------+-------------+--------+-------------+--------
 * </pre>
 *
 * Lengths are little-endian and of four bytes. Where a column cannot repeat, or its values cannot
 * be absent, the levels and their length are left out.
 *
 * @see <a href="https://parquet.apache.org/docs/file-format/data-pages/">Parquet: data pages</a>
 */
final class Levels {

    private Levels() {}

    /**
     * Reads so many levels with their length; the buffer is then behind them.
     *
     * @param max the largest that may be
     */
    static int[] read(ByteBuffer content, int max, int count) {
        int length = content.getInt();
        Damage.check(length >= 0 && length <= content.remaining(), "levels are cut");
        ByteBuffer packed = content.slice(content.position(), length);
        content.position(content.position() + length);
        int[] levels = RunLengths.read(packed, Integer.SIZE - Integer.numberOfLeadingZeros(max),
                count);
        for (int level : levels) {
            Damage.check(level <= max, "a level is too large");
        }
        return levels;
    }

    /** How often a level is there. */
    static int count(int[] levels, int wanted) {
        int count = 0;
        for (int level : levels) {
            count += level == wanted ? 1 : 0;
        }
        return count;
    }

    /** The numbers of a dictionary's values, which are the rest of a page. */
    static int[] dictionaryIds(ByteBuffer content, int count) {
        int bitWidth = content.get();
        int[] ids = RunLengths.read(content, bitWidth, count);
        Damage.check(!content.hasRemaining(), "a page holds more values than it says");
        return ids;
    }
}
