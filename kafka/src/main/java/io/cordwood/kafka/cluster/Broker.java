package io.cordwood.kafka.cluster;

import io.cordwood.kafka.wire.Endpoint;
import java.util.Optional;
import org.apache.kafka.common.message.DescribeClusterResponseData.DescribeClusterBroker;
import org.apache.kafka.common.message.FindCoordinatorResponseData.Coordinator;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;

/**
 * A node as a client sees it.
 *
 * @param id the number under which clients know it
 * @param at where the client is to connect to
 * @param rack the zone in which it is; empty if nobody said
 */
public record Broker(int id, Endpoint at, Optional<String> rack) {

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
