package io.cordwood.manifest.state;

import io.cordwood.manifest.event.Configs;
import io.cordwood.manifest.event.ManifestEvent.TopicCreated;
import io.cordwood.manifest.event.TableVersion;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.store.layout.DataObject;
import io.vavr.collection.Vector;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A topic, its settings, its partitions, and the table that its history is. */
public final class TopicState {

    private final UUID id;
    private final TopicName name;
    private final Configs configs;
    private final Vector<PartitionState> partitions;
    private final Optional<TableVersion> table;

    TopicState(UUID id, TopicName name, Configs configs, Vector<PartitionState> partitions,
            Optional<TableVersion> table) {
        this.id = id;
        this.name = name;
        this.configs = configs;
        this.partitions = partitions;
        this.table = table;
    }

    static TopicState create(TopicCreated created) {
        return new TopicState(created.id(), created.name(), created.configs(),
                empty(created.partitions()), Optional.empty());
    }

    private static Vector<PartitionState> empty(int count) {
        return Vector.fill(count, () -> PartitionState.EMPTY);
    }

    public UUID id() {
        return id;
    }

    public TopicName name() {
        return name;
    }

    /** The settings that the topic has of its own. */
    public Configs configs() {
        return configs;
    }

    /** How many partitions there are, numbered from 0. */
    public int partitionCount() {
        return partitions.size();
    }

    /** A partition by its number, from 0 up to the count. */
    public PartitionState partition(int partition) {
        return partitions.get(partition);
    }

    /** What its history is as a table, if that was published. */
    public Optional<TableVersion> table() {
        return table;
    }

    /** The number of its table's version; 0 if there is none. */
    public long tableNumber() {
        return table.map(TableVersion::number).orElse(0L);
    }

    /** All that its table needs, besides the history. */
    List<DataObject> tableObjects() {
        return table.map(version -> version.objects(id)).orElse(List.of());
    }

    TopicState withTable(TableVersion version) {
        return new TopicState(id, name, configs, partitions, Optional.of(version));
    }

    /** The same with so many partitions, those that are added empty. */
    TopicState grow(int count) {
        return new TopicState(id, name, configs,
                partitions.appendAll(empty(count - partitions.size())), table);
    }

    TopicState withConfigs(Configs changed) {
        return new TopicState(id, name, changed, partitions, table);
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
        return new TopicState(id, name, configs, partitions.update(partition, change),
                table);
    }

    /** How much there is of each tier. */
    public TierSizes sizes() {
        TierSizes sizes = TierSizes.NONE;
        for (int i = 0; i < partitionCount(); i++) {
            sizes = sizes.plus(partition(i).sizes());
        }
        return sizes;
    }
}
