package io.cordwood.kafka.topics;

import io.cordwood.kafka.cluster.Brokers;
import io.cordwood.manifest.state.ManifestState;
import java.util.List;
import org.apache.kafka.common.protocol.Errors;

/**
 * Which brokers may be named to hold the replicas of a partition: one that there is. That changes
 * nothing: the bucket holds the records, and clients are sent to whom they are best served by.
 */
final class Replicas {

    private Replicas() {}

    /**
     * Checks that an assignment names one broker, which is there.
     *
     * @throws org.apache.kafka.common.errors.InvalidReplicaAssignmentException when it does not
     */
    static void check(ManifestState state, List<Integer> brokers) {
        List<Integer> there = Brokers.ids(state);
        if (brokers.size() != 1 || !there.containsAll(brokers)) {
            throw Errors.INVALID_REPLICA_ASSIGNMENT.exception("an assignment names one of the"
                    + " brokers that there are, " + there + ", and not " + brokers);
        }
    }
}
