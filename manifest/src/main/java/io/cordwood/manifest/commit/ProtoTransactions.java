package io.cordwood.manifest.commit;

import io.cordwood.manifest.commit.EndTransaction.Succession;
import io.cordwood.manifest.event.GroupCodec;
import io.cordwood.manifest.event.ProtoIds;
import io.cordwood.manifest.event.TransactionalId;
import java.util.Optional;

/** Turns what is proposed of transactions into Protocol Buffers and back. */
final class ProtoTransactions {

    private ProtoTransactions() {}

    static io.cordwood.manifest.proto.InitTransactionalId toProto(InitTransactionalId proposal) {
        var proto = io.cordwood.manifest.proto.InitTransactionalId.newBuilder()
                .setTransactionalId(proposal.id().value())
                .setTimeoutMillis(proposal.timeoutMillis())
                .setSpareProducerId(proposal.spareProducerId());
        proposal.expected().ifPresent(expected -> proto.setExpectedProducerId(expected.id())
                .setExpectedProducerEpoch(expected.epoch()));
        return proto.build();
    }

    static InitTransactionalId fromProto(io.cordwood.manifest.proto.InitTransactionalId proto) {
        return new InitTransactionalId(new TransactionalId(proto.getTransactionalId()),
                proto.getTimeoutMillis(),
                proto.hasExpectedProducerId()
                        ? Optional.of(ProtoIds.producer(proto.getExpectedProducerId(),
                                proto.getExpectedProducerEpoch()))
                        : Optional.empty(),
                proto.getSpareProducerId());
    }

    static io.cordwood.manifest.proto.ForgetTransactionalIds toProto(
            ForgetTransactionalIds proposal) {
        return io.cordwood.manifest.proto.ForgetTransactionalIds.newBuilder()
                .setBeforeMillis(proposal.beforeMillis()).build();
    }

    static ForgetTransactionalIds fromProto(
            io.cordwood.manifest.proto.ForgetTransactionalIds proto) {
        return new ForgetTransactionalIds(proto.getBeforeMillis());
    }

    static io.cordwood.manifest.proto.JoinTransaction toProto(JoinTransaction proposal) {
        var proto = io.cordwood.manifest.proto.JoinTransaction.newBuilder()
                .setTransactionalId(proposal.id().value())
                .setProducerId(proposal.producer().id())
                .setProducerEpoch(proposal.producer().epoch())
                .addAllGroupShards(GroupCodec.numbers(proposal.groupShards()));
        proposal.partitions()
                .forEach(partition -> proto.addPartitions(ProtoIds.toProto(partition)));
        return proto.build();
    }

    static JoinTransaction fromProto(io.cordwood.manifest.proto.JoinTransaction proto) {
        return new JoinTransaction(new TransactionalId(proto.getTransactionalId()),
                ProtoIds.producer(proto.getProducerId(), proto.getProducerEpoch()),
                proto.getPartitionsList().stream().map(ProtoIds::fromProto).toList(),
                GroupCodec.shards(proto.getGroupShardsList()));
    }

    static io.cordwood.manifest.proto.EndTransaction toProto(EndTransaction proposal) {
        var proto = io.cordwood.manifest.proto.EndTransaction.newBuilder()
                .setTransactionalId(proposal.id().value())
                .setProducerId(proposal.producer().id())
                .setProducerEpoch(proposal.producer().epoch())
                .setCommitted(proposal.committed())
                .setSegment(ProtoIds.toBytes(proposal.end().segment()))
                .setTimestampMillis(proposal.end().timestampMillis())
                .setKnownSequence(proposal.end().knownSequence());
        switch (proposal.succession()) {
            case Succession.Same() -> proto.setSame(true);
            case Succession.Later(long spare) -> proto.setLaterSpareProducerId(spare);
        }
        return proto.build();
    }

    static EndTransaction fromProto(io.cordwood.manifest.proto.EndTransaction proto) {
        return new EndTransaction(new TransactionalId(proto.getTransactionalId()),
                ProtoIds.producer(proto.getProducerId(), proto.getProducerEpoch()),
                proto.getCommitted(), succession(proto),
                new EndTransaction.End(ProtoIds.fromBytes(proto.getSegment()),
                        proto.getTimestampMillis(), proto.getKnownSequence()));
    }

    private static Succession succession(io.cordwood.manifest.proto.EndTransaction proto) {
        return switch (proto.getSuccessionCase()) {
            case SAME -> new Succession.Same();
            case LATER_SPARE_PRODUCER_ID -> new Succession.Later(proto.getLaterSpareProducerId());
            case SUCCESSION_NOT_SET -> throw new IllegalArgumentException(
                    "who goes on after a transaction, this version does not know");
        };
    }
}
