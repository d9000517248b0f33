package io.cordwood.kafka.producers;

import io.cordwood.manifest.state.TransactionState;
import java.util.Set;

/** What Kafka calls it how far a transaction is. */
final class TransactionPhases {

    /** All that Kafka knows. Those between a decision and its end are never seen here. */
    static final Set<String> KNOWN = Set.of("Empty", "Ongoing", "PrepareCommit", "PrepareAbort",
            "CompleteCommit", "CompleteAbort", "Dead", "PrepareEpochFence");

    private TransactionPhases() {}

    static String name(TransactionState.Phase phase) {
        return switch (phase) {
            case EMPTY -> "Empty";
            case ONGOING -> "Ongoing";
            case COMMITTED -> "CompleteCommit";
            case ABORTED -> "CompleteAbort";
        };
    }
}
