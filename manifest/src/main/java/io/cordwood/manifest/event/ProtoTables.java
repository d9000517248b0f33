package io.cordwood.manifest.event;

import io.cordwood.manifest.proto.Table;

/** Turns versions of tables into Protocol Buffers and back. */
public final class ProtoTables {

    private ProtoTables() {}

    public static Table toProto(TableVersion version) {
        return Table.newBuilder()
                .setId(ProtoIds.toBytes(version.id()))
                .setNumber(version.number())
                .setManifests(version.manifests())
                .setContents(version.contents())
                .build();
    }

    /** Throws {@link IllegalArgumentException} for what is none. */
    public static TableVersion fromProto(Table proto) {
        return new TableVersion(ProtoIds.fromBytes(proto.getId()), proto.getNumber(),
                proto.getManifests(), proto.getContents());
    }
}
