package io.cordwood.indexer.compact;

import java.time.Duration;

/**
 * When partitions are compacted, and with how much memory.
 *
 * @param pause how long a partition is left alone after it was compacted
 * @param dirtyBytesMax so much that is not compacted is not left alone
 * @param keysBytesMax how much the keys may take that are compacted at a time
 */
public record CompactionSettings(Duration pause, long dirtyBytesMax, int keysBytesMax) {

    /** What a node with memory to spare uses. */
    public static final CompactionSettings STANDARD = new CompactionSettings(
            Duration.ofMinutes(10), 64 << 20, 32 << 20);

    private static final int KEYS_BYTES_MIN = 1 << 20;

    /** The same, but that keys take no more than so much, if that is less. */
    public CompactionSettings withKeysOf(long bytesMax) {
        return new CompactionSettings(pause, dirtyBytesMax,
                Math.clamp(bytesMax, KEYS_BYTES_MIN, Math.max(KEYS_BYTES_MIN, keysBytesMax)));
    }
}
