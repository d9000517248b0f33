package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ManifestEvent.PartitionsAdded;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.runtime.RejectedException;
import io.cordwood.runtime.RejectedException.Reason;
import java.util.List;
import java.util.Optional;

/**
 * A topic is to have more partitions. Answered with how many it has then.
 *
 * @param partitions how many in all: more than it has
 */
public record AddPartitions(TopicName topic, int partitions) implements Proposal<Integer> {

    @Override
    public Decision<Integer> decide(ManifestState state, int inlinePosition) {
        Optional<TopicState> known = state.topic(topic);
        if (known.isEmpty()) {
            return refused(Reason.UNKNOWN_TOPIC, "there is no topic " + topic);
        }
        int count = known.get().partitionCount();
        if (partitions == count) {
            return refused(Reason.INVALID_PARTITIONS, "the topic " + topic + " has " + count
                    + " partitions already");
        }
        if (partitions < count) {
            return refused(Reason.INVALID_PARTITIONS, "the topic " + topic + " has " + count
                    + " partitions: " + partitions + " would be fewer");
        }
        if (partitions > TopicCreated.PARTITIONS_MAX) {
            return refused(Reason.INVALID_PARTITIONS, "a topic has 1 to "
                    + TopicCreated.PARTITIONS_MAX + " partitions, not " + partitions);
        }
        return new Decision.Accepted<>(new PartitionsAdded(known.get().id(), partitions),
                List.of(), partitions);
    }

    private static Decision<Integer> refused(Reason reason, String message) {
        return new Decision.Refused<>(new RejectedException(reason, message));
    }

    @Override
    public int entrySizeMax(ManifestState state) {
        return 64;
    }
}
