package io.cordwood.manifest.event;

import io.cordwood.manifest.event.ManifestEvent.NodeJoined;
import io.cordwood.manifest.event.ManifestEvent.NodeLeft;
import io.cordwood.manifest.event.ManifestEvent.WalTaken;
import io.cordwood.manifest.proto.Node;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Turns what concerns nodes into Protocol Buffers and back. */
public final class NodeCodec {

    private static final Map<NodeRole, io.cordwood.manifest.proto.NodeRole> ROLES = new EnumMap<>(
            Map.of(NodeRole.INGEST, io.cordwood.manifest.proto.NodeRole.NODE_ROLE_INGEST,
                    NodeRole.QUERY, io.cordwood.manifest.proto.NodeRole.NODE_ROLE_QUERY,
                    NodeRole.INDEXER, io.cordwood.manifest.proto.NodeRole.NODE_ROLE_INDEXER));

    private NodeCodec() {}

    static io.cordwood.manifest.proto.WalTaken toProto(WalTaken event) {
        return io.cordwood.manifest.proto.WalTaken.newBuilder()
                .setWal(ProtoIds.toBytes(event.wal())).setOwner(ProtoIds.toBytes(event.owner()))
                .build();
    }

    static WalTaken fromProto(io.cordwood.manifest.proto.WalTaken proto) {
        return new WalTaken(ProtoIds.fromBytes(proto.getWal()),
                ProtoIds.fromBytes(proto.getOwner()));
    }

    static io.cordwood.manifest.proto.NodeJoined toProto(NodeJoined event) {
        return io.cordwood.manifest.proto.NodeJoined.newBuilder().setNode(toProto(event.member()))
                .build();
    }

    static NodeJoined fromProto(io.cordwood.manifest.proto.NodeJoined proto) {
        return new NodeJoined(fromProto(proto.getNode()));
    }

    static io.cordwood.manifest.proto.NodeLeft toProto(NodeLeft event) {
        return io.cordwood.manifest.proto.NodeLeft.newBuilder()
                .setProcess(ProtoIds.toBytes(event.process())).build();
    }

    static NodeLeft fromProto(io.cordwood.manifest.proto.NodeLeft proto) {
        return new NodeLeft(ProtoIds.fromBytes(proto.getProcess()));
    }

    public static Node toProto(Member member) {
        Node.Builder proto = Node.newBuilder().setName(member.name())
                .setProcess(ProtoIds.toBytes(member.process()))
                .setNodesAddress(member.addresses().nodes())
                .setHttpAddress(member.addresses().http())
                .setKafkaAddress(member.addresses().kafka())
                .setZone(member.zone().orElse(""));
        member.orderedRoles().forEach(role -> proto.addRoles(ROLES.get(role)));
        return proto.build();
    }

    /**
     * Throws {@link IllegalArgumentException} or {@link io.cordwood.runtime.RejectedException} for
     * what is no node.
     */
    public static Member fromProto(Node proto) {
        return new Member(proto.getName(), ProtoIds.fromBytes(proto.getProcess()),
                new Member.Addresses(proto.getNodesAddress(), proto.getHttpAddress(),
                        proto.getKafkaAddress()),
                Optional.of(proto.getZone()).filter(zone -> !zone.isEmpty()),
                proto.getRolesList().stream().map(NodeCodec::role).collect(Collectors.toSet()));
    }

    private static NodeRole role(io.cordwood.manifest.proto.NodeRole proto) {
        return switch (proto) {
            case NODE_ROLE_INGEST -> NodeRole.INGEST;
            case NODE_ROLE_QUERY -> NodeRole.QUERY;
            case NODE_ROLE_INDEXER -> NodeRole.INDEXER;
            case NODE_ROLE_UNSPECIFIED, UNRECOGNIZED -> throw new IllegalArgumentException(
                    "a node has a role that this version does not know: a newer one sent it");
        };
    }
}
