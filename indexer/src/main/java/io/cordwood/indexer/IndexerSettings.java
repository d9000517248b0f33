package io.cordwood.indexer;

import io.cordwood.history.write.FileLayout;
import io.cordwood.indexer.collect.CollectSettings;
import io.cordwood.indexer.compact.CompactionSettings;
import io.cordwood.indexer.merge.MergeSettings;
import java.time.Duration;

/**
 * When the indexer works.
 *
 * @param pause between two looks at the manifest
 * @param flushedAgeMax how long what ingest flushed waits for more of it before it is merged
 * @param expiryPause between two looks for records that are too old or too many
 * @param historyPause between two looks for records that are old enough to become history, or
 *        worth being compacted
 */
public record IndexerSettings(Duration pause, Duration flushedAgeMax,
        Duration expiryPause, Duration historyPause, CollectSettings collect,
        MergeSettings merge, CompactionSettings compaction) {

    /** How many row groups at least there is room for in what is merged at a time. */
    private static final int ROW_GROUPS_MIN = 4;

    /** What a node with memory to spare uses. */
    public static final IndexerSettings STANDARD = new IndexerSettings(Duration.ofSeconds(1),
            Duration.ofMinutes(10), Duration.ofMinutes(1), Duration.ofSeconds(10),
            CollectSettings.STANDARD, MergeSettings.STANDARD, CompactionSettings.STANDARD);

    /**
     * How history files are divided: a row group, which is in memory unpacked while it is written,
     * is a fraction of what is merged at a time.
     */
    FileLayout historyLayout() {
        FileLayout standard = FileLayout.STANDARD;
        return new FileLayout(
                Math.min(standard.rowGroupBytes(), merge.jobBytesMax() / ROW_GROUPS_MIN),
                standard.pageBytes(), standard.pageRows(), FileLayout.KeyFilter.BLOOM);
    }

    /**
     * The same, but that no more than so many bytes are merged at a time, and that keys take no
     * more than half of that.
     */
    public IndexerSettings withMergeOf(long bytesMax) {
        return new IndexerSettings(pause, flushedAgeMax, expiryPause, historyPause, collect,
                merge.withJobsOf(bytesMax), compaction.withKeysOf(bytesMax / 2));
    }
}
