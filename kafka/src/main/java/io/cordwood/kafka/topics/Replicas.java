package io.cordwood.kafka.topics;

import io.cordwood.kafka.cluster.Broker;
import java.util.List;
import org.apache.kafka.common.protocol.Errors;

/** Which brokers may be named to hold the replicas of a partition: this one. */
public final class Replicas {

    private Replicas() {}

    /** Whether they are this broker alone. */
    public static boolean areThoseThereAre(List<Integer> brokers) {
        return brokers.equals(List.of(Broker.ONLY_ID));
    }

    /**
     * Checks that an assignment names this broker alone.
     *
     * @throws org.apache.kafka.common.errors.InvalidReplicaAssignmentException when it does not
     */
    static void check(List<Integer> brokers) {
        if (!areThoseThereAre(brokers)) {
            throw Errors.INVALID_REPLICA_ASSIGNMENT.exception("an assignment names broker "
                    + Broker.ONLY_ID + ", which is the only one, and not " + brokers);
        }
    }
}
