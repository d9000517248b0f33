package io.cordwood.indexer;

import io.cordwood.manifest.state.Run;
import java.util.HashSet;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The runs that turned out to be such that nothing can be made of them: they stay as they are, and
 * are not tried again by this process.
 */
final class StuckRuns {

    private static final Logger LOG = LoggerFactory.getLogger(StuckRuns.class);

    private final Set<Run> damaged = new HashSet<>();
    private final Set<Run> unconvertible = new HashSet<>();

    void addDamaged(Run run, String reason) {
        if (damaged.add(run)) {
            LOG.error("The run at offset {} in {} is missing or damaged, and stays as it is: {}",
                    run.baseOffset(), run.key(), reason);
        }
    }

    void addUnconvertible(Run run, String reason) {
        if (unconvertible.add(run)) {
            LOG.warn("The run at offset {} in {} stays as it is: {}", run.baseOffset(), run.key(),
                    reason);
        }
    }

    /** Those that cannot be read, and those that no history file can hold. */
    Set<Run> all() {
        Set<Run> all = new HashSet<>(damaged);
        all.addAll(unconvertible);
        return all;
    }

    IndexerStatistics.Stuck count() {
        return new IndexerStatistics.Stuck(damaged.size(), unconvertible.size());
    }
}
