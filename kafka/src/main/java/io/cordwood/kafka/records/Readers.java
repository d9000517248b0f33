package io.cordwood.kafka.records;

import io.cordwood.kafka.cluster.SeenBrokers;
import io.cordwood.manifest.state.TopicState;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * The brokers from which one client reads best. Computed for each topic when it is first asked for.
 */
final class Readers {

    private final SeenBrokers seen;
    private final Map<UUID, int[]> byTopic = new HashMap<>();

    Readers(SeenBrokers seen) {
        this.seen = seen;
    }

    /** The number of the broker of a partition. */
    int of(TopicState topic, int partition) {
        return byTopic.computeIfAbsent(topic.id(), id -> seen.readers(topic))[partition];
    }
}
