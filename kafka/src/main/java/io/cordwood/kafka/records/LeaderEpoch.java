package io.cordwood.kafka.records;

import org.apache.kafka.common.protocol.Errors;

/** The leader epoch of every partition: offsets never diverge, so there is only one. */
final class LeaderEpoch {

    static final int VALUE = 0;

    private LeaderEpoch() {}

    /**
     * Checks the epoch that a client believes in, if it does.
     *
     * @throws org.apache.kafka.common.errors.UnknownLeaderEpochException when it is one that there
     *         never was
     */
    static void check(int believed) {
        if (believed > VALUE) {
            throw Errors.UNKNOWN_LEADER_EPOCH.exception();
        }
    }
}
