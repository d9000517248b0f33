package io.cordwood.indexer.convert;

import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TopicState;
import java.util.OptionalLong;

/** Knows which records become history: what settings mean is not the manifest's to know. */
@FunctionalInterface
public interface HistoryRules {

    /** None do. */
    HistoryRules NONE = (state, topic) -> OptionalLong.empty();

    /**
     * How old the records of a topic are in milliseconds when they become history, by the settings
     * in a state; empty where they stay in segments.
     */
    OptionalLong ageMillisOf(ManifestState state, TopicState topic);
}
