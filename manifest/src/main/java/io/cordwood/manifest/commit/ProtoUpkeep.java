package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ProtoCompactions;
import io.cordwood.manifest.event.ProtoIds;
import io.cordwood.manifest.event.ProtoTables;

/** Turns what is proposed behind the data path, but for runs, into Protocol Buffers and back. */
final class ProtoUpkeep {

    private ProtoUpkeep() {}

    static io.cordwood.manifest.proto.CompactPartition toProto(CompactPartition proposal) {
        return io.cordwood.manifest.proto.CompactPartition.newBuilder()
                .setPartition(ProtoIds.toProto(proposal.partition()))
                .setBefore(ProtoCompactions.toProto(proposal.before()))
                .setAfter(ProtoCompactions.toProto(proposal.after()))
                .build();
    }

    static CompactPartition fromProto(io.cordwood.manifest.proto.CompactPartition proto) {
        return new CompactPartition(ProtoIds.fromProto(proto.getPartition()),
                ProtoCompactions.fromProto(proto.getBefore()),
                ProtoCompactions.fromProto(proto.getAfter()));
    }

    static io.cordwood.manifest.proto.PublishTable toProto(PublishTable proposal) {
        return io.cordwood.manifest.proto.PublishTable.newBuilder()
                .setTopic(ProtoIds.toBytes(proposal.topic()))
                .setTable(ProtoTables.toProto(proposal.version()))
                .build();
    }

    static PublishTable fromProto(io.cordwood.manifest.proto.PublishTable proto) {
        return new PublishTable(ProtoIds.fromBytes(proto.getTopic()),
                ProtoTables.fromProto(proto.getTable()));
    }

    static io.cordwood.manifest.proto.ExpireUploads toProto(ExpireUploads proposal) {
        return io.cordwood.manifest.proto.ExpireUploads.newBuilder()
                .setBeforeSequence(proposal.beforeSequence())
                .build();
    }

    static ExpireUploads fromProto(io.cordwood.manifest.proto.ExpireUploads proto) {
        return new ExpireUploads(proto.getBeforeSequence());
    }

    static io.cordwood.manifest.proto.CollectObjects toProto(CollectObjects proposal) {
        return io.cordwood.manifest.proto.CollectObjects.newBuilder()
                .addAllObjects(proposal.objects().stream().map(ProtoIds::toBytes).toList())
                .build();
    }

    static CollectObjects fromProto(io.cordwood.manifest.proto.CollectObjects proto) {
        return new CollectObjects(
                proto.getObjectsList().stream().map(ProtoIds::objectFromBytes).toList());
    }
}
