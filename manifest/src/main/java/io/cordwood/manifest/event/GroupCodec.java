package io.cordwood.manifest.event;

import io.cordwood.manifest.event.ManifestEvent.GroupRecordsWritten;
import io.cordwood.manifest.event.ManifestEvent.GroupShardTaken;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Turns what concerns the groups into Protocol Buffers and back. */
public final class GroupCodec {

    private GroupCodec() {}

    static io.cordwood.manifest.proto.GroupShardTaken toProto(GroupShardTaken event) {
        return io.cordwood.manifest.proto.GroupShardTaken.newBuilder()
                .setShard(event.shard().number())
                .setOwner(ProtoIds.toBytes(event.owner()))
                .build();
    }

    static GroupShardTaken fromProto(io.cordwood.manifest.proto.GroupShardTaken proto) {
        return new GroupShardTaken(new GroupShard(proto.getShard()),
                ProtoIds.fromBytes(proto.getOwner()));
    }

    static io.cordwood.manifest.proto.GroupRecordsWritten toProto(GroupRecordsWritten event) {
        var proto = io.cordwood.manifest.proto.GroupRecordsWritten.newBuilder()
                .setShard(event.shard().number())
                .setNumber(event.number());
        event.producer().ifPresent(producer -> proto.setProducerId(producer.id())
                .setProducerEpoch(producer.epoch()));
        event.records().forEach(record -> proto.addRecords(toProto(record)));
        return proto.build();
    }

    static GroupRecordsWritten fromProto(io.cordwood.manifest.proto.GroupRecordsWritten proto) {
        return new GroupRecordsWritten(new GroupShard(proto.getShard()), proto.getNumber(),
                proto.hasProducerId()
                        ? Optional.of(ProtoIds.producer(proto.getProducerId(),
                                proto.getProducerEpoch()))
                        : Optional.empty(),
                proto.getRecordsList().stream().map(GroupCodec::fromProto).toList());
    }

    public static io.cordwood.manifest.proto.GroupRecord toProto(GroupRecord record) {
        var proto = io.cordwood.manifest.proto.GroupRecord.newBuilder().setKey(record.key());
        record.value().ifPresent(proto::setValue);
        return proto.build();
    }

    public static GroupRecord fromProto(io.cordwood.manifest.proto.GroupRecord proto) {
        return new GroupRecord(proto.getKey(),
                proto.hasValue() ? Optional.of(proto.getValue()) : Optional.empty());
    }

    public static List<Integer> numbers(Iterable<GroupShard> shards) {
        List<Integer> numbers = new ArrayList<>();
        shards.forEach(shard -> numbers.add(shard.number()));
        return numbers;
    }

    /** Throws {@link IllegalArgumentException} for a number that no shard has. */
    public static List<GroupShard> shards(List<Integer> numbers) {
        return numbers.stream().map(GroupShard::new).toList();
    }
}
