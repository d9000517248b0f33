package io.cordwood.kafka.configs;

import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TopicState;
import java.util.Optional;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What the settings of a topic say of its compaction.
 *
 * @param lagMinMillis {@code min.compaction.lag.ms}
 * @param lagMaxMillis {@code max.compaction.lag.ms}
 * @param tombstonesKeptMillis {@code delete.retention.ms}
 * @param dirtyShareMin {@code min.cleanable.dirty.ratio}
 */
public record TopicCompaction(long lagMinMillis, long lagMaxMillis, long tombstonesKeptMillis,
        double dirtyShareMin) {

    /** That of a topic in a state; empty where it is not compacted. */
    public static Optional<TopicCompaction> of(ManifestState state, TopicState topic) {
        Origins origins = Origins.of(state, Resource.topic(topic.id()));
        boolean compacts = origins.value(TopicConfig.CLEANUP_POLICY_CONFIG).map(Schema::parts)
                .filter(policies -> policies.contains(TopicConfig.CLEANUP_POLICY_COMPACT))
                .isPresent();
        return compacts
                ? Optional.of(new TopicCompaction(
                        millis(origins, TopicConfig.MIN_COMPACTION_LAG_MS_CONFIG),
                        millis(origins, TopicConfig.MAX_COMPACTION_LAG_MS_CONFIG),
                        millis(origins, TopicConfig.DELETE_RETENTION_MS_CONFIG),
                        Double.parseDouble(value(origins,
                                TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG))))
                : Optional.empty();
    }

    private static long millis(Origins origins, String name) {
        return Long.parseLong(value(origins, name));
    }

    private static String value(Origins origins, String name) {
        return origins.value(name).orElseThrow();
    }
}
