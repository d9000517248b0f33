package io.cordwood.server.cli;

import java.util.Optional;

/**
 * What a replay was asked to print.
 *
 * @param topicId of the topic: another one of the same name has other records
 * @param from a place, as it is written
 * @param to a place, as it is written
 * @param partition the only one that is wanted; all, if there is none
 */
record ReplayOrder(String topic, String topicId, String from, String to,
        Optional<Integer> partition) {

    @Override
    public String toString() {
        return topic + " (" + topicId + ")"
                + partition.map(number -> ", partition " + number).orElse("") + ", from " + from
                + " to " + to;
    }
}
