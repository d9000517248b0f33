package io.cordwood.kafka.cluster;

import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.event.NodeRole;
import io.cordwood.manifest.state.Placement;
import io.cordwood.manifest.state.TopicState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.utils.Utils;

/**
 * The brokers at a moment, as one client sees them. Where it says in which zone it is, it is sent
 * to brokers of that zone, if there are any; and to those whose role it is to do what it wants.
 *
 * @param all at least one, by their numbers
 * @param controller the number of the one that is told to be the controller
 * @param zone in which the client is
 */
public record SeenBrokers(List<Broker> all, int controller, Optional<String> zone) {

    /** The same brokers, as a client in another zone sees them; in none, it sees all alike. */
    public SeenBrokers from(Optional<String> other) {
        return new SeenBrokers(all, controller, other);
    }

    /** The broker of each partition of a topic to which its records are sent. */
    public int[] leaders(TopicState topic) {
        return Placement.of(topic.id(), topic.partitionCount(), near(NodeRole.INGEST));
    }

    /** The broker of each partition of a topic from which it is read. */
    public int[] readers(TopicState topic) {
        return Placement.of(topic.id(), topic.partitionCount(), near(NodeRole.QUERY));
    }

    /** Whether the client reads from a broker, and is not better sent to another. */
    public boolean isReadFrom(int broker) {
        return near(NodeRole.QUERY).contains(broker);
    }

    /**
     * The brokers of each partition of a topic: its leader, and whoever clients of any zone are
     * sent to when they read. They believe in no others.
     */
    public List<List<Integer>> replicas(TopicState topic) {
        List<int[]> told = new ArrayList<>();
        told.add(leaders(topic));
        told.add(readers(topic));
        all.stream().map(Broker::rack).filter(Optional::isPresent).distinct()
                .forEach(rack -> told.add(from(rack).readers(topic)));
        return IntStream.range(0, topic.partitionCount()).mapToObj(partition -> told.stream()
                .map(brokers -> brokers[partition]).distinct().toList()).toList();
    }

    /** The broker that coordinates the transactions of an id: any can. */
    Broker coordinatorOf(String transactionalId) {
        return broker(Placement.of(transactionalId, near(NodeRole.INGEST)));
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

    private List<Integer> near(NodeRole role) {
        List<Broker> able = all.stream().filter(broker -> broker.roles().contains(role)).toList();
        List<Broker> willing = able.isEmpty() ? all : able;
        List<Integer> near = willing.stream()
                .filter(broker -> zone.isPresent() && broker.rack().equals(zone))
                .map(Broker::id).toList();
        return near.isEmpty() ? willing.stream().map(Broker::id).toList() : near;
    }

    private List<Integer> ids() {
        return all.stream().map(Broker::id).toList();
    }
}
