package io.cordwood.cache;

/**
 * What a cache holds now, and what it has done since it was opened.
 */
public record CacheStatistics(Tier memory, Disk disk, Bucket bucket, Asked asked, Served served) {

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

    /**
     * What was asked of peers, instead of the bucket.
     *
     * @param reads requests that they have answered
     * @param bytes received
     * @param fallbacks requests that they have not answered, so that the bucket had to
     */
    public record Asked(long reads, long bytes, long fallbacks) {}

    /**
     * What peers have asked for.
     *
     * @param reads requests that were answered
     * @param bytes of the answers
     */
    public record Served(long reads, long bytes) {}
}
