package io.cordwood.manifest.state;

import io.cordwood.manifest.event.TopicName;
import io.vavr.collection.Vector;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A topic and its partitions. */
public final class TopicState {

    private final UUID id;
    private final TopicName name;
    private final Vector<PartitionState> partitions;

    TopicState(UUID id, TopicName name, Vector<PartitionState> partitions) {
        this.id = id;
        this.name = name;
        this.partitions = partitions;
    }

    static TopicState create(UUID id, TopicName name, int partitions) {
        return new TopicState(id, name, Vector.fill(partitions, () -> PartitionState.EMPTY));
    }

    public UUID id() {
        return id;
    }

    public TopicName name() {
        return name;
    }

    /** How many partitions there are, numbered from 0. */
    public int partitionCount() {
        return partitions.size();
    }

    /** A partition by its number, from 0 up to the count. */
    public PartitionState partition(int partition) {
        return partitions.get(partition);
    }

    /** The same after a change to each partition; itself if none changed. */
    TopicState updateAll(UnaryOperator<PartitionState> change) {
        TopicState updated = this;
        for (int i = 0; i < partitions.size(); i++) {
            PartitionState before = partitions.get(i);
            PartitionState after = change.apply(before);
            updated = after.equals(before) ? updated : updated.update(i, nothing -> after);
        }
        return updated;
    }

    TopicState update(int partition, UnaryOperator<PartitionState> change) {
        return new TopicState(id, name, partitions.update(partition, change));
    }
}
