package io.cordwood.indexer.compact;

/**
 * How a topic is compacted, in Kafka's terms.
 *
 * @param lagMinMillis how old records are at least that are compacted
 * @param lagMaxMillis how long records wait at most for being compacted
 * @param tombstonesKeptMillis how long a tombstone stays after nothing is older than it is
 * @param dirtyShareMin which share of a partition's bytes must be more than compacted before it
 *        is worth the work: from 0 to 1
 * @see <a href="https://kafka.apache.org/documentation/#topicconfigs">Kafka: topic configs</a>
 */
public record CompactionRule(long lagMinMillis, long lagMaxMillis, long tombstonesKeptMillis,
        double dirtyShareMin) {}
