package io.cordwood.indexer.retention;

import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TopicState;

/** Knows how long topics are kept: what their settings mean is not the manifest's to know. */
@FunctionalInterface
public interface RetentionRules {

    /** Nothing goes by itself. */
    RetentionRules FOREVER = (state, topic) -> Retention.FOREVER;

    /** How long a topic is kept, by the settings in a state. */
    Retention of(ManifestState state, TopicState topic);
}
