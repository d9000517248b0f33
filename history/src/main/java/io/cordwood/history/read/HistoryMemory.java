package io.cordwood.history.read;

import io.cordwood.history.rows.Rows;
import io.cordwood.runtime.ValueCache;
import io.cordwood.store.object.ObjectKey;

/**
 * What readers of history remember together.
 *
 * @param tails by file, each as large as {@link HistoryTail#sizeBytes}
 * @param rows unpacked, each piece as large as {@link Rows#sizeBytes}
 */
public record HistoryMemory(ValueCache<ObjectKey, HistoryTail> tails,
        ValueCache<PieceKey, Rows> rows) {

    /** None. */
    public static final HistoryMemory NONE = new HistoryMemory(ValueCache.none(),
            ValueCache.none());
}
