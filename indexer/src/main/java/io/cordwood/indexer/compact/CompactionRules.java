package io.cordwood.indexer.compact;

import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TopicState;
import java.util.Optional;

/** Knows which topics are compacted: what settings mean is not the manifest's to know. */
@FunctionalInterface
public interface CompactionRules {

    /** None are. */
    CompactionRules NONE = (state, topic) -> Optional.empty();

    /** How a topic is compacted, by the settings in a state; empty where it is not. */
    Optional<CompactionRule> of(ManifestState state, TopicState topic);
}
