package io.cordwood.manifest.commit;

import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.store.segment.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;

/** Where and when, by chance. */
record RandomPlaces(Random random) {

    UUID id() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    /** Now and then one that nobody's clock shows. */
    long millis() {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextLong();
            case 1 -> -1;
            default -> 1_700_000_000_000L + random.nextInt();
        };
    }

    /** One of those that there are. */
    Optional<TopicState> topic(ManifestState state) {
        List<TopicState> topics = new ArrayList<>();
        state.topics().forEach(topics::add);
        return topics.isEmpty()
                ? Optional.empty()
                : Optional.of(topics.get(random.nextInt(topics.size())));
    }

    /** One of those that there are, most times. */
    PartitionId partition(ManifestState state) {
        return topic(state).filter(topic -> random.nextInt(8) > 0)
                .map(topic -> new PartitionId(topic.id(),
                        random.nextInt(topic.partitionCount())))
                .orElseGet(() -> new PartitionId(id(), random.nextInt(Integer.MAX_VALUE)));
    }
}
