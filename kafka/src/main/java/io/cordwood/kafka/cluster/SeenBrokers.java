package io.cordwood.kafka.cluster;

import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.state.Placement;
import io.cordwood.manifest.state.TopicState;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.utils.Utils;

/**
 * The brokers at a moment, as one client sees them. Where it says in which zone it is, it is sent
 * to brokers of that zone, if there are any.
 *
 * @param all at least one, by their numbers
 * @param controller the number of the one that is told to be the controller
 * @param zone in which the client is
 */
public record SeenBrokers(List<Broker> all, int controller, Optional<String> zone) {

    /** The broker of each partition of a topic. */
    public int[] leaders(TopicState topic) {
        return Placement.of(topic.id(), topic.partitionCount(), near());
    }

    /** The broker that coordinates the transactions of an id: any can. */
    Broker coordinatorOf(String transactionalId) {
        return broker(Placement.of(transactionalId, near()));
    }

    /**
     * The broker that coordinates a group, whatever the zone: the one that has the group's shard.
     * Which that is, Kafka's coordinator computes in this way.
     */
    Broker coordinatorOfGroup(String group) {
        int shard = Utils.abs(group.hashCode()) % GroupShard.COUNT;
        return broker(Brokers.ownersOfShards(ids())[shard]);
    }

    private Broker broker(int id) {
        return all.stream().filter(broker -> broker.id() == id).findFirst().orElseThrow();
    }

    /** All of them, as metadata lists them. */
    public List<MetadataResponseBroker> inMetadata() {
        return all.stream().map(Broker::inMetadata).toList();
    }

    private List<Integer> near() {
        List<Integer> near = all.stream()
                .filter(broker -> zone.isPresent() && broker.rack().equals(zone))
                .map(Broker::id).toList();
        return near.isEmpty() ? ids() : near;
    }

    private List<Integer> ids() {
        return all.stream().map(Broker::id).toList();
    }
}
