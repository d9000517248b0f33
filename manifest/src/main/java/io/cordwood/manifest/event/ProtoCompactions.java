package io.cordwood.manifest.event;

/** Turns how far partitions are compacted into Protocol Buffers and back. */
public final class ProtoCompactions {

    private ProtoCompactions() {}

    public static io.cordwood.manifest.proto.Compaction toProto(Compaction compaction) {
        return io.cordwood.manifest.proto.Compaction.newBuilder()
                .setEndOffset(compaction.endOffset())
                .setLeftOffset(compaction.leftOffset())
                .setAtMillis(compaction.atMillis())
                .setTombstonesEndOffset(compaction.tombstones().endOffset())
                .setTombstonesSinceMillis(compaction.tombstones().sinceMillis())
                .build();
    }

    /** Throws {@link IllegalArgumentException} for what is none. */
    public static Compaction fromProto(io.cordwood.manifest.proto.Compaction proto) {
        return new Compaction(proto.getEndOffset(), proto.getLeftOffset(), proto.getAtMillis(),
                new Compaction.Tombstones(proto.getTombstonesEndOffset(),
                        proto.getTombstonesSinceMillis()));
    }
}
