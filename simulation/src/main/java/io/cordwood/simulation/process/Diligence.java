package io.cordwood.simulation.process;

import io.cordwood.indexer.IndexerSettings;
import io.cordwood.indexer.collect.CollectSettings;
import io.cordwood.indexer.compact.CompactionSettings;
import io.cordwood.indexer.merge.MergeSettings;
import java.time.Duration;
import java.util.random.RandomGenerator;

/** What a process does behind its data path. */
public enum Diligence {

    /** It merges, makes history, and deletes what nobody needs. */
    MERGES,

    /**
     * It deletes what can be deleted without a word in the log. Who has nothing to say there must
     * notice by himself that another took over.
     */
    SWEEPS;

    private static final int MERGES_ONE_IN = 4;

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Duration EXPIRY_PAUSE = Duration.ofSeconds(30);
    private static final Duration HISTORY_PAUSE = Duration.ofSeconds(15);
    private static final Duration MANIFEST_PAUSE = Duration.ofSeconds(5);
    private static final Duration ORPHAN_PAUSE = Duration.ofSeconds(2);

    /** Shorter than many an upload takes: those begin anew. */
    private static final Duration ORPHAN_GRACE = Duration.ofMillis(1_500);

    private static final Duration FLUSHED_AGE_MAX = Duration.ofSeconds(20);
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final MergeSettings MERGE = new MergeSettings(3, 2, 60_000, 300_000);

    private static final CompactionSettings COMPACTION = new CompactionSettings(
            Duration.ofSeconds(20), 100_000, 1 << 13);

    private static final Duration NEVER = Duration.ofDays(1_000);
    private static final MergeSettings NO_MERGE = new MergeSettings(10_000, 10_000, 300_000,
            300_000);

    static Diligence any(RandomGenerator chance) {
        return chance.nextInt(MERGES_ONE_IN) == 0 ? MERGES : SWEEPS;
    }

    IndexerSettings settings() {
        return switch (this) {
            case MERGES -> settings(FLUSHED_AGE_MAX, HISTORY_PAUSE, collect(GRACE, ORPHAN_PAUSE),
                    MERGE);
            case SWEEPS -> settings(NEVER, NEVER, collect(NEVER, NEVER), NO_MERGE);
        };
    }

    private static IndexerSettings settings(Duration flushedAgeMax, Duration historyPause,
            CollectSettings collect, MergeSettings merge) {
        return new IndexerSettings(PAUSE, flushedAgeMax, EXPIRY_PAUSE, historyPause,
                collect, merge, COMPACTION);
    }

    private static CollectSettings collect(Duration grace, Duration orphanPause) {
        return new CollectSettings(grace, MANIFEST_PAUSE, orphanPause, ORPHAN_GRACE);
    }
}
