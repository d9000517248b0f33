package io.cordwood.kafka.configs;

import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TopicState;
import java.util.List;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.record.TimestampType;

/**
 * What the settings of a topic mean for who appends to it and deletes from it.
 *
 * @param batchBytesMax the largest batch, where the server accepts one so large
 * @param stamped whether records get the time of their arrival, whatever their producers say
 * @param pastMaxMillis how far before its arrival a record may be dated
 * @param futureMaxMillis how far after its arrival a record may be dated
 * @param compacts whether only the last record of each key is kept, so that records need keys
 * @param deletes whether records may be deleted
 */
public record TopicRules(int batchBytesMax, boolean stamped, long pastMaxMillis,
        long futureMaxMillis, boolean compacts, boolean deletes) {

    private static final TopicRules STANDARD = read(name -> Schemas.TOPICS.byDefault(name)
            .orElseThrow());

    /** The rules of a topic in a state. */
    public static TopicRules of(ManifestState state, TopicState topic) {
        if (topic.configs().isEmpty() && state.configs().areBrokersUnset()) {
            return STANDARD;
        }
        Origins origins = Origins.of(state, Resource.topic(topic.id()));
        return read(name -> origins.value(name).orElseThrow());
    }

    private static TopicRules read(Values values) {
        List<String> policies = Schema.parts(values.get(TopicConfig.CLEANUP_POLICY_CONFIG));
        return new TopicRules(
                Integer.parseInt(values.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG)),
                values.get(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG)
                        .equals(TimestampType.LOG_APPEND_TIME.name),
                Long.parseLong(values.get(TopicConfig.MESSAGE_TIMESTAMP_BEFORE_MAX_MS_CONFIG)),
                Long.parseLong(values.get(TopicConfig.MESSAGE_TIMESTAMP_AFTER_MAX_MS_CONFIG)),
                policies.contains(TopicConfig.CLEANUP_POLICY_COMPACT),
                policies.contains(TopicConfig.CLEANUP_POLICY_DELETE));
    }

    /** The values that count, by name. */
    @FunctionalInterface
    private interface Values {
        String get(String name);
    }
}
