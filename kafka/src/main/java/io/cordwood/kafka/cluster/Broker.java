package io.cordwood.kafka.cluster;

import io.cordwood.kafka.wire.Endpoint;
import java.util.UUID;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;

/**
 * This server as a broker of its cluster, which leads every partition.
 *
 * @param cluster the id of the cluster
 * @param id the number under which clients know the broker
 */
public record Broker(UUID cluster, int id) {

    /** The number of the broker while there is only one. */
    public static final int ONLY_ID = 1;

    /** How clients reach the broker, where they have reached it once. */
    public MetadataResponseBroker at(Endpoint reached) {
        return new MetadataResponseBroker().setNodeId(id).setHost(reached.host())
                .setPort(reached.port());
    }

    /** The id of the cluster as text. */
    public String clusterId() {
        return cluster.toString();
    }
}
