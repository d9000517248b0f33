package io.cordwood.kafka.configs;

import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TopicState;
import java.util.OptionalLong;

/**
 * What the settings of a topic say of its history.
 *
 * @param ageMillis how old records are when they become Parquet; empty where they never do
 */
public record TopicHistory(OptionalLong ageMillis) {

    /** In which form old records are kept. */
    static final String FORMAT_CONFIG = "history.format";
    static final String PARQUET = "parquet";
    static final String SEGMENT = "segment";
    static final String FORMAT_DOC = "In which form old records are kept, and served: 'parquet',"
            + " which other programs can read in the bucket, or 'segment', as producers sent them.";

    /** How old they are then. */
    static final String AGE_MS_CONFIG = "history.age.ms";
    static final String AGE_MS_DOC = "How old records are at least, in milliseconds, when they"
            + " become Parquet, if history.format says so.";

    /** That of a topic in a state. */
    public static TopicHistory of(ManifestState state, TopicState topic) {
        Origins origins = Origins.of(state, Resource.topic(topic.id()));
        boolean becomesParquet = origins.value(FORMAT_CONFIG).filter(PARQUET::equals).isPresent();
        return new TopicHistory(becomesParquet
                ? origins.value(AGE_MS_CONFIG).map(age -> OptionalLong.of(Long.parseLong(age)))
                        .orElseGet(OptionalLong::empty)
                : OptionalLong.empty());
    }
}
