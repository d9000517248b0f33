package io.cordwood.manifest.event;

/**
 * How far a partition is compacted: of the records that it has before an offset, only the last of
 * each key is left.
 *
 * <p>A tombstone, which is a last record without a value, is to be seen for a while by whoever has
 * read what it deletes; so what is older than it has to be gone for that while.
 *
 * @param endOffset the first offset that was not looked at
 * @param leftOffset of the first run that could not be looked at and may hold anything:
 *        {@code endOffset} if there is none
 * @param atMillis when that came about, by the clock of who did it
 * @param tombstones of those it is known how long nothing is older than they are
 */
public record Compaction(long endOffset, long leftOffset, long atMillis, Tombstones tombstones) {

    /** Nothing was compacted. */
    public static final Compaction NONE = new Compaction(0, 0, 0, new Tombstones(0, 0));

    public Compaction {
        if (tombstones.endOffset() < 0 || tombstones.endOffset() > leftOffset
                || leftOffset > endOffset) {
            throw new IllegalArgumentException("tombstones are known of where all was looked at: "
                    + tombstones.endOffset() + " of " + leftOffset + " of " + endOffset);
        }
    }

    /**
     * The same after it went on.
     *
     * @param toOffset to where
     * @param leftAt the first offset of the first run that was left as it is: {@code toOffset} if
     *        there is none
     * @param tombstonesGone whether the tombstones went that this one knows of: then others are
     *        known of from now on
     */
    public Compaction goOn(long toOffset, long leftAt, long nowMillis, boolean tombstonesGone) {
        return new Compaction(toOffset, leftAt, nowMillis,
                tombstonesGone
                        ? new Tombstones(leftAt, nowMillis)
                        : new Tombstones(Math.min(leftAt, tombstones.endOffset),
                                tombstones.sinceMillis));
    }

    /**
     * Those before an offset: nothing of their keys is older than they are, since then.
     *
     * @param sinceMillis by the clock of who made it so
     */
    public record Tombstones(long endOffset, long sinceMillis) {

        /** Whether they may go, if they are kept for so long, or are none. */
        public boolean areOver(long nowMillis, long keptMillis) {
            return endOffset == 0 || nowMillis - sinceMillis >= keptMillis;
        }
    }
}
