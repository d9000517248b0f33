package io.cordwood.server.cluster;

import io.cordwood.store.layout.BucketLayout;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.ObjectKey;

/**
 * A part of an object that nodes read of each other.
 *
 * @param range of at most {@link #LENGTH_MAX} bytes
 */
record SharedRange(ObjectKey key, ByteRange range) {

    /** More than a cache asks of another. */
    static final int LENGTH_MAX = 8 << 20;

    /** Throws {@link IllegalArgumentException} for what is not shared. */
    SharedRange {
        if (!isShared(key)) {
            throw new IllegalArgumentException("it is not shared: " + key);
        }
        if (range.length() > LENGTH_MAX) {
            throw new IllegalArgumentException("it is more than " + LENGTH_MAX + " bytes: "
                    + range.length());
        }
    }

    /** Whether the object is written once, and read in parts. */
    static boolean isShared(ObjectKey key) {
        return key.value().startsWith(BucketLayout.SEGMENT_PREFIX)
                || key.value().startsWith(BucketLayout.HISTORY_PREFIX)
                || key.value().startsWith(BucketLayout.LOG_PREFIX);
    }
}
