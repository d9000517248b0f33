package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ProtoIds;
import io.cordwood.store.object.Bytes;

/** Turns commits of segments into Protocol Buffers and back. */
final class ProtoCommits {

    private ProtoCommits() {}

    static io.cordwood.manifest.proto.CommitSegment toProto(CommitSegment proposal) {
        var proto = io.cordwood.manifest.proto.CommitSegment.newBuilder()
                .setWal(ProtoIds.toBytes(proposal.wal()))
                .setOwner(ProtoIds.toBytes(proposal.owner()))
                .setNumber(proposal.number());
        switch (proposal.cargo()) {
            case Cargo.Uploaded uploaded -> proto.setUploaded(ProtoSegments.toProto(uploaded));
            case Cargo.Enclosed enclosed -> proto
                    .setEnclosed(ProtoSegments.toProto(enclosed.segment()));
            case Cargo.Nothing() -> proto.setNothing(true);
        }
        return proto.build();
    }

    /**
     * Throws {@link IllegalArgumentException} for what nobody can propose.
     *
     * @param segment the bytes of the segment, if it encloses one
     */
    static CommitSegment fromProto(io.cordwood.manifest.proto.CommitSegment proto,
            Bytes segment) {
        return new CommitSegment(ProtoIds.fromBytes(proto.getWal()),
                ProtoIds.fromBytes(proto.getOwner()), proto.getNumber(),
                cargo(proto, segment));
    }

    private static Cargo cargo(io.cordwood.manifest.proto.CommitSegment proto, Bytes segment) {
        return switch (proto.getCargoCase()) {
            case UPLOADED -> ProtoSegments.uploadedFromProto(proto.getUploaded());
            case ENCLOSED -> new Cargo.Enclosed(
                    ProtoSegments.fromProto(proto.getEnclosed(), segment));
            case NOTHING -> new Cargo.Nothing();
            case CARGO_NOT_SET -> throw new IllegalArgumentException(
                    "where the segment is, this version does not know: a newer one sent it");
        };
    }
}
