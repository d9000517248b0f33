package io.cordwood.kafka.configs;

import io.cordwood.manifest.event.ConfigScope;
import io.cordwood.manifest.event.Configs;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TopicState;
import java.util.UUID;
import org.apache.kafka.common.requests.DescribeConfigsResponse.ConfigSource;

/**
 * Something that has settings.
 *
 * @param source what a value is that it has of its own
 */
record Resource(ConfigScope scope, Schema schema, ConfigSource source) {

    static Resource topic(UUID id) {
        return new Resource(new ConfigScope.Topic(id), Schemas.TOPICS, ConfigSource.TOPIC_CONFIG);
    }

    /** The settings that it has of its own; none if it is gone. */
    Configs configs(ManifestState state) {
        return scope instanceof ConfigScope.Topic topic
                ? state.topic(topic.id()).map(TopicState::configs).orElse(Configs.NONE)
                : state.configs().of(scope);
    }
}
