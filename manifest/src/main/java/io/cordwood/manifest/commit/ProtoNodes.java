package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.NodeCodec;
import io.cordwood.manifest.event.ProtoIds;

/** Turns what nodes propose about themselves into Protocol Buffers and back. */
final class ProtoNodes {

    private ProtoNodes() {}

    static io.cordwood.manifest.proto.TakeWal toProto(TakeWal proposal) {
        return io.cordwood.manifest.proto.TakeWal.newBuilder()
                .setWal(ProtoIds.toBytes(proposal.wal()))
                .setOwner(ProtoIds.toBytes(proposal.owner()))
                .setKnownSequence(proposal.knownSequence()).build();
    }

    static TakeWal fromProto(io.cordwood.manifest.proto.TakeWal proto) {
        return new TakeWal(ProtoIds.fromBytes(proto.getWal()),
                ProtoIds.fromBytes(proto.getOwner()), proto.getKnownSequence());
    }

    static io.cordwood.manifest.proto.JoinCluster toProto(JoinCluster proposal) {
        return io.cordwood.manifest.proto.JoinCluster.newBuilder()
                .setNode(NodeCodec.toProto(proposal.member()))
                .setKnownSequence(proposal.knownSequence()).build();
    }

    static JoinCluster fromProto(io.cordwood.manifest.proto.JoinCluster proto) {
        return new JoinCluster(NodeCodec.fromProto(proto.getNode()), proto.getKnownSequence());
    }

    static io.cordwood.manifest.proto.LeaveCluster toProto(LeaveCluster proposal) {
        return io.cordwood.manifest.proto.LeaveCluster.newBuilder()
                .setProcess(ProtoIds.toBytes(proposal.process())).build();
    }

    static LeaveCluster fromProto(io.cordwood.manifest.proto.LeaveCluster proto) {
        return new LeaveCluster(ProtoIds.fromBytes(proto.getProcess()));
    }
}
