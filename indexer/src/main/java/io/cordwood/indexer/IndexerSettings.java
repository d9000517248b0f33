package io.cordwood.indexer;

import io.cordwood.indexer.collect.CollectSettings;
import io.cordwood.indexer.merge.MergeSettings;
import java.time.Duration;

/**
 * When the indexer works.
 *
 * @param pause between two looks at the manifest
 * @param flushedAgeMax how long what ingest flushed waits for more of it before it is merged
 * @param expiryPause between two looks for records that are too old or too many
 */
public record IndexerSettings(Duration pause, Duration flushedAgeMax,
        Duration expiryPause, CollectSettings collect, MergeSettings merge) {

    /** What a node with memory to spare uses. */
    public static final IndexerSettings STANDARD = new IndexerSettings(Duration.ofSeconds(1),
            Duration.ofMinutes(10), Duration.ofMinutes(1), CollectSettings.STANDARD,
            MergeSettings.STANDARD);

    /** The same, but that no more than so many bytes are merged at a time. */
    public IndexerSettings withMergeOf(long bytesMax) {
        return new IndexerSettings(pause, flushedAgeMax, expiryPause, collect,
                merge.withJobsOf(bytesMax));
    }
}
