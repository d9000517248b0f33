package io.cordwood.server.cluster;

import io.cordwood.manifest.event.ManifestEntry;
import io.cordwood.manifest.event.ManifestEvent;
import io.cordwood.manifest.event.ManifestEvent.NodeJoined;
import io.cordwood.manifest.event.ManifestEvent.NodeLeft;
import io.cordwood.manifest.event.Member;
import io.cordwood.manifest.event.NodeRole;
import io.cordwood.manifest.state.Apply;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.Nodes;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The nodes of a cluster, as entries of the manifest make them come and go. */
final class ServingNodes {

    private static final ManifestEntry.Head HEAD = new ManifestEntry.Head(1, new UUID(0, 0),
            new UUID(0, 0), 1, new UUID(0, 0));

    private ManifestState state = ManifestState.EMPTY;

    /** As they are now. */
    Nodes now() {
        return state.nodes();
    }

    /** The run of a node. */
    static UUID process(int node) {
        return new UUID(3, node);
    }

    ServingNodes join(int node, String address, Optional<String> zone, Set<NodeRole> roles) {
        return apply(new NodeJoined(new Member("node-" + node, process(node),
                new Member.Addresses(address, "http", "kafka"), zone, roles)));
    }

    /** One without a zone, that serves clients. */
    ServingNodes join(int node, String address) {
        return join(node, address, Optional.empty(), Set.of(NodeRole.values()));
    }

    ServingNodes leave(int node) {
        return apply(new NodeLeft(process(node)));
    }

    private ServingNodes apply(ManifestEvent event) {
        state = Apply.tryOut(state, event, HEAD, Instant.EPOCH);
        return this;
    }
}
