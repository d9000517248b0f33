package io.cordwood.kafka.configs;

import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TopicState;
import java.util.List;
import java.util.OptionalLong;
import org.apache.kafka.common.config.TopicConfig;

/**
 * What the settings of a topic say of how long its records are kept.
 *
 * @param millis how old records get; empty for ever
 * @param bytes how many bytes of them a partition keeps; empty for any number
 */
public record TopicRetention(OptionalLong millis, OptionalLong bytes) {

    private static final TopicRetention FOREVER = new TopicRetention(OptionalLong.empty(),
            OptionalLong.empty());

    /** That of a topic in a state. Where nothing may be deleted by age or size, for ever. */
    public static TopicRetention of(ManifestState state, TopicState topic) {
        Origins origins = Origins.of(state, Resource.topic(topic.id()));
        List<String> policies = Schema.parts(
                origins.value(TopicConfig.CLEANUP_POLICY_CONFIG).orElse(""));
        return policies.contains(TopicConfig.CLEANUP_POLICY_DELETE)
                ? new TopicRetention(limit(origins, TopicConfig.RETENTION_MS_CONFIG),
                        limit(origins, TopicConfig.RETENTION_BYTES_CONFIG))
                : FOREVER;
    }

    private static OptionalLong limit(Origins origins, String name) {
        return origins.value(name).map(Long::parseLong).filter(limit -> limit >= 0)
                .map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }
}
