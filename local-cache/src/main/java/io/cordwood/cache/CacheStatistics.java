package io.cordwood.cache;

/**
 * What a cache holds now, and what it has done since it was opened.
 */
public record CacheStatistics(Tier memory, Disk disk, Bucket bucket) {

    /**
     * One tier.
     *
     * @param bytes held now
     * @param hits blocks found, among them those that another request was loading already
     * @param misses blocks asked for and not found
     * @param evictions blocks dropped to keep the bound
     */
    public record Tier(long bytes, long hits, long misses, long evictions) {}

    /**
     * The tier on disk.
     *
     * @param corruptBlocks block files dropped because they were not what had been written
     * @param unwrittenBlocks blocks not written because the disk was behind or refused them
     */
    public record Disk(Tier tier, long corruptBlocks, long unwrittenBlocks) {}

    /**
     * What blocks were loaded from.
     *
     * @param gets requests, each for one or more adjacent blocks
     * @param failures requests that failed; that there is no such object is one
     * @param bytes received
     */
    public record Bucket(long gets, long failures, long bytes) {}
}
