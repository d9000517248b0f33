package io.cordwood.manifest.commit;

import io.cordwood.manifest.commit.WriteGroupRecords.Membership;
import io.cordwood.manifest.commit.WriteGroupRecords.Turn;
import io.cordwood.manifest.event.GroupCodec;
import io.cordwood.manifest.event.GroupShard;
import io.cordwood.manifest.event.ProtoIds;
import java.util.Optional;

/** Turns what is proposed of shards of the groups into Protocol Buffers and back. */
final class ProtoGroups {

    private ProtoGroups() {}

    static io.cordwood.manifest.proto.TakeGroupShard toProto(TakeGroupShard proposal) {
        return io.cordwood.manifest.proto.TakeGroupShard.newBuilder()
                .setShard(proposal.shard().number())
                .setOwner(ProtoIds.toBytes(proposal.owner()))
                .build();
    }

    static TakeGroupShard fromProto(io.cordwood.manifest.proto.TakeGroupShard proto) {
        return new TakeGroupShard(new GroupShard(proto.getShard()),
                ProtoIds.fromBytes(proto.getOwner()));
    }

    static io.cordwood.manifest.proto.WriteGroupRecords toProto(WriteGroupRecords proposal) {
        var proto = io.cordwood.manifest.proto.WriteGroupRecords.newBuilder()
                .setShard(proposal.shard().number())
                .setEpoch(proposal.turn().epoch())
                .setNumber(proposal.turn().number());
        proposal.records().forEach(record -> proto.addRecords(GroupCodec.toProto(record)));
        proposal.transaction().ifPresent(member -> proto.setProducerId(member.producer().id())
                .setProducerEpoch(member.producer().epoch())
                .setJoins(member.joins()));
        return proto.build();
    }

    static WriteGroupRecords fromProto(io.cordwood.manifest.proto.WriteGroupRecords proto) {
        return new WriteGroupRecords(new GroupShard(proto.getShard()),
                new Turn(proto.getEpoch(), proto.getNumber()),
                proto.getRecordsList().stream().map(GroupCodec::fromProto).toList(),
                proto.hasProducerId()
                        ? Optional.of(new Membership(ProtoIds.producer(proto.getProducerId(),
                                proto.getProducerEpoch()), proto.getJoins()))
                        : Optional.empty());
    }
}
