package io.cordwood.manifest.commit;

/** Turns what is proposed of producers' ids into Protocol Buffers and back. */
final class ProtoProducers {

    private ProtoProducers() {}

    static io.cordwood.manifest.proto.ReserveProducerIds toProto(ReserveProducerIds proposal) {
        return io.cordwood.manifest.proto.ReserveProducerIds.newBuilder()
                .setCount(proposal.count()).build();
    }

    static ReserveProducerIds fromProto(io.cordwood.manifest.proto.ReserveProducerIds proto) {
        return new ReserveProducerIds(proto.getCount());
    }

    static io.cordwood.manifest.proto.ForgetProducers toProto(ForgetProducers proposal) {
        return io.cordwood.manifest.proto.ForgetProducers.newBuilder()
                .setBeforeMillis(proposal.beforeMillis()).build();
    }

    static ForgetProducers fromProto(io.cordwood.manifest.proto.ForgetProducers proto) {
        return new ForgetProducers(proto.getBeforeMillis());
    }
}
