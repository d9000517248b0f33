package io.cordwood.cache;

/**
 * The bounds of a cache.
 *
 * @param memoryBytesMax bytes of blocks remembered in memory; 0 remembers none
 * @param diskBytesMax bytes that block files may take; 0 for no disk tier, else at least
 *        {@link #DISK_BYTES_MIN}
 */
public record CacheSettings(long memoryBytesMax, long diskBytesMax) {

    /** The smallest disk tier that is worth its files. */
    public static final long DISK_BYTES_MIN = 16L << 20;

    public CacheSettings {
        if (memoryBytesMax < 0) {
            throw new IllegalArgumentException(
                    "the cache in memory has 0 bytes or more, not " + memoryBytesMax);
        }
        if (diskBytesMax != 0 && diskBytesMax < DISK_BYTES_MIN) {
            throw new IllegalArgumentException("the cache on disk has 0 bytes, or at least "
                    + DISK_BYTES_MIN + ", not " + diskBytesMax);
        }
    }
}
