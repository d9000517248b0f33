package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.Configs;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import java.util.List;
import java.util.UUID;

/**
 * A topic is to exist. Answered with its id.
 *
 * @param id that the topic gets: never used before
 * @param partitions 1 to {@link TopicCreated#PARTITIONS_MAX}
 */
public record CreateTopic(UUID id, TopicName name, int partitions, Configs configs)
        implements
            Proposal<UUID> {

    /** Throws {@link RejectedException} for a number of partitions that no topic can have. */
    public CreateTopic {
        if (partitions < 1 || partitions > TopicCreated.PARTITIONS_MAX) {
            throw new RejectedException(Reason.INVALID_PARTITIONS, "a topic has 1 to "
                    + TopicCreated.PARTITIONS_MAX + " partitions, not " + partitions);
        }
    }

    /** A topic without settings of its own. */
    public CreateTopic(UUID id, TopicName name, int partitions) {
        this(id, name, partitions, Configs.NONE);
    }

    @Override
    public Decision<UUID> decide(ManifestState state, int inlinePosition) {
        if (state.topic(name).isPresent()) {
            return new Decision.Refused<>(new RejectedException(Reason.TOPIC_EXISTS,
                    "the topic " + name + " exists already"));
        }
        return new Decision.Accepted<>(new TopicCreated(id, name, partitions, configs),
                List.of(), id);
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return 512 + ConfigSizes.sizeMax(configs);
    }
}
