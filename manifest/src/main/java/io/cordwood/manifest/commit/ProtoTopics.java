package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ProtoConfigs;
import io.cordwood.manifest.event.ProtoIds;
import io.cordwood.manifest.event.TopicName;
import java.util.OptionalLong;

/** Turns what administrators propose into Protocol Buffers and back. */
final class ProtoTopics {

    private ProtoTopics() {}

    static io.cordwood.manifest.proto.CreateTopic toProto(CreateTopic proposal) {
        return io.cordwood.manifest.proto.CreateTopic.newBuilder()
                .setId(ProtoIds.toBytes(proposal.id()))
                .setName(proposal.name().value())
                .setPartitions(proposal.partitions())
                .addAllConfigs(ProtoConfigs.toProto(proposal.configs()))
                .build();
    }

    static CreateTopic fromProto(io.cordwood.manifest.proto.CreateTopic proto) {
        return new CreateTopic(ProtoIds.fromBytes(proto.getId()), new TopicName(proto.getName()),
                proto.getPartitions(), ProtoConfigs.fromProto(proto.getConfigsList()));
    }

    static io.cordwood.manifest.proto.DeleteTopic toProto(DeleteTopic proposal) {
        return io.cordwood.manifest.proto.DeleteTopic.newBuilder()
                .setName(proposal.name().value()).build();
    }

    static DeleteTopic fromProto(io.cordwood.manifest.proto.DeleteTopic proto) {
        return new DeleteTopic(new TopicName(proto.getName()));
    }

    static io.cordwood.manifest.proto.AddPartitions toProto(AddPartitions proposal) {
        return io.cordwood.manifest.proto.AddPartitions.newBuilder()
                .setTopic(proposal.topic().value())
                .setPartitions(proposal.partitions())
                .build();
    }

    static AddPartitions fromProto(io.cordwood.manifest.proto.AddPartitions proto) {
        return new AddPartitions(new TopicName(proto.getTopic()), proto.getPartitions());
    }

    static io.cordwood.manifest.proto.DeleteRecords toProto(DeleteRecords proposal) {
        var proto = io.cordwood.manifest.proto.DeleteRecords.newBuilder()
                .setPartition(ProtoIds.toProto(proposal.partition()));
        proposal.before().ifPresent(proto::setBeforeOffset);
        return proto.build();
    }

    static DeleteRecords fromProto(io.cordwood.manifest.proto.DeleteRecords proto) {
        return new DeleteRecords(ProtoIds.fromProto(proto.getPartition()),
                proto.hasBeforeOffset()
                        ? OptionalLong.of(proto.getBeforeOffset())
                        : OptionalLong.empty());
    }

    static io.cordwood.manifest.proto.ChangeConfigs toProto(ChangeConfigs proposal) {
        return io.cordwood.manifest.proto.ChangeConfigs.newBuilder()
                .setScope(ProtoConfigs.toProto(proposal.scope()))
                .addAllBefore(ProtoConfigs.toProto(proposal.before()))
                .addAllAfter(ProtoConfigs.toProto(proposal.after()))
                .build();
    }

    static ChangeConfigs fromProto(io.cordwood.manifest.proto.ChangeConfigs proto) {
        return new ChangeConfigs(ProtoConfigs.fromProto(proto.getScope()),
                ProtoConfigs.fromProto(proto.getBeforeList()),
                ProtoConfigs.fromProto(proto.getAfterList()));
    }
}
