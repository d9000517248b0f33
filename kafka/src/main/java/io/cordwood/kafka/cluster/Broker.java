package io.cordwood.kafka.cluster;

import io.cordwood.kafka.wire.Endpoint;
import io.cordwood.manifest.event.NodeRole;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.message.DescribeClusterResponseData.DescribeClusterBroker;
import org.apache.kafka.common.message.FindCoordinatorResponseData.Coordinator;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;

/**
 * A node as a client sees it.
 *
 * @param id the number under which clients know it
 * @param at where the client is to connect to
 * @param rack the zone in which it is; empty if nobody said
 * @param roles what it does: that a client is not sent to it does not mean that it refuses to serve
 */
public record Broker(int id, Endpoint at, Optional<String> rack, Set<NodeRole> roles) {

    public Broker {
        roles = Set.copyOf(roles);
    }

    MetadataResponseBroker inMetadata() {
        return new MetadataResponseBroker().setNodeId(id).setHost(at.host()).setPort(at.port())
                .setRack(rack.orElse(null));
    }

    DescribeClusterBroker inCluster() {
        return new DescribeClusterBroker().setBrokerId(id).setHost(at.host()).setPort(at.port())
                .setRack(rack.orElse(null));
    }

    Coordinator asCoordinatorOf(String key) {
        return new Coordinator().setKey(key).setNodeId(id).setHost(at.host()).setPort(at.port());
    }
}
