package io.cordwood.kafka.log;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.runtime.RejectedException;
import io.cordwood.store.segment.PartitionId;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.protocol.Errors;

/** How a request names a topic: by its name, or, in newer versions of an API, by its id. */
public sealed interface TopicKey {

    /** The topic of that key now. */
    Optional<TopicState> find(ManifestState state);

    /** What to tell who asks for a topic that there is not. */
    Errors unknown();

    /** The key in a request that has both fields, of which one is empty. */
    static TopicKey of(String name, Uuid id) {
        return id.equals(Uuid.ZERO_UUID) ? new Name(name) : new Id(id);
    }

    /**
     * The partition of that number.
     *
     * @throws org.apache.kafka.common.errors.ApiException when there is none
     */
    default PartitionId partition(ManifestState state, int number) {
        TopicState topic = find(state).orElseThrow(() -> unknown().exception());
        if (number < 0 || number >= topic.partitionCount()) {
            throw Errors.UNKNOWN_TOPIC_OR_PARTITION.exception();
        }
        return new PartitionId(topic.id(), number);
    }

    /** An id as Kafka writes it. */
    static Uuid uuid(UUID id) {
        return new Uuid(id.getMostSignificantBits(), id.getLeastSignificantBits());
    }

    /** By its name, which may be no name that a topic can have. */
    record Name(String value) implements TopicKey {

        @Override
        public Optional<TopicState> find(ManifestState state) {
            try {
                return state.topic(new TopicName(value));
            } catch (RejectedException noName) {
                return Optional.empty();
            }
        }

        @Override
        public Errors unknown() {
            return Errors.UNKNOWN_TOPIC_OR_PARTITION;
        }
    }

    /** By its id. */
    record Id(Uuid value) implements TopicKey {

        @Override
        public Optional<TopicState> find(ManifestState state) {
            return state.topic(new UUID(value.getMostSignificantBits(),
                    value.getLeastSignificantBits()));
        }

        @Override
        public Errors unknown() {
            return Errors.UNKNOWN_TOPIC_ID;
        }
    }
}
