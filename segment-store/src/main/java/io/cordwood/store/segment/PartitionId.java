package io.cordwood.store.segment;

import java.util.Comparator;
import java.util.UUID;

/**
 * A partition of a topic, by the topic's id: a topic that was deleted and created again under the
 * same name is another topic.
 */
public record PartitionId(UUID topic, int partition) implements Comparable<PartitionId> {

    /** The order of ids is that of their bytes, which {@link UUID#compareTo} does not give. */
    private static final Comparator<PartitionId> ORDER = Comparator
            .comparing((PartitionId id) -> id.topic().getMostSignificantBits(),
                    Long::compareUnsigned)
            .thenComparing(id -> id.topic().getLeastSignificantBits(), Long::compareUnsigned)
            .thenComparingInt(PartitionId::partition);

    public PartitionId {
        if (partition < 0) {
            throw new IllegalArgumentException("partitions are numbered from 0: " + partition);
        }
    }

    @Override
    public int compareTo(PartitionId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
