package io.cordwood.simulation.work;

import io.cordwood.manifest.state.TopicState;
import io.cordwood.simulation.process.Fleet;
import io.cordwood.simulation.process.NodeProcess;
import io.cordwood.simulation.world.World;
import io.cordwood.store.segment.PartitionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The process that a client talks to, until it has a reason to look for another. */
final class Contact {

    private final World world;
    private final Fleet fleet;
    private Optional<NodeProcess> process = Optional.empty();

    /** A client that knows no process yet. */
    Contact(World world, Fleet fleet) {
        this.world = world;
        this.fleet = fleet;
    }

    /** The process; none while none serves. */
    Optional<NodeProcess> process() {
        if (process.filter(it -> it.hasClients() && it.node().isPresent()).isEmpty()) {
            process = fleet.someServing();
        }
        return process;
    }

    /** Some process, for once. */
    Optional<NodeProcess> someProcess() {
        return fleet.someServing();
    }

    /** The process did not answer, or said that another is to be asked. */
    void leave() {
        process = Optional.empty();
    }

    /** Some partition that the process knows. */
    Optional<PartitionId> somePartition() {
        List<PartitionId> partitions = new ArrayList<>();
        process().map(Fleet::nodeOf).ifPresent(node -> {
            for (TopicState topic : node.state().topics()) {
                for (int i = 0; i < topic.partitionCount(); i++) {
                    partitions.add(new PartitionId(topic.id(), i));
                }
            }
        });
        return partitions.isEmpty()
                ? Optional.empty()
                : Optional.of(partitions.get(world.chance().nextInt(partitions.size())));
    }
}
