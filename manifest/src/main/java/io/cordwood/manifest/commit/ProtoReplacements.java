package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.ProtoHistory;
import io.cordwood.manifest.event.ProtoPlaces;
import io.cordwood.manifest.event.ProtoRuns;
import io.cordwood.manifest.proto.Segment;
import io.cordwood.manifest.proto.SourceRun;
import io.cordwood.manifest.state.Home;
import io.cordwood.manifest.state.HomeNumbers;
import io.cordwood.manifest.state.ProtoHomes;
import io.cordwood.manifest.state.Run;
import java.util.List;

/**
 * Turns runs that are to take the place of others into Protocol Buffers and back. Many sources lie
 * in one home: each home is told once.
 */
final class ProtoReplacements {

    private ProtoReplacements() {}

    static io.cordwood.manifest.proto.MergeRuns toProto(MergeRuns proposal) {
        HomeNumbers homes = new HomeNumbers();
        return io.cordwood.manifest.proto.MergeRuns.newBuilder()
                .setSegment(ProtoPlaces.toProto(proposal.place()))
                .addAllParts(proposal.parts().stream().map(part -> toProto(part, homes)).toList())
                .addAllHomes(homes.toProto())
                .build();
    }

    static MergeRuns fromProto(io.cordwood.manifest.proto.MergeRuns proto) {
        List<Home> homes = homes(proto.getHomesList());
        return new MergeRuns(ProtoPlaces.storedFromProto(proto.getSegment()),
                proto.getPartsList().stream().map(part -> fromProto(part, homes)).toList());
    }

    static io.cordwood.manifest.proto.ConvertRuns toProto(ConvertRuns proposal) {
        HomeNumbers homes = new HomeNumbers();
        return io.cordwood.manifest.proto.ConvertRuns.newBuilder()
                .setFile(ProtoHistory.toProto(proposal.file()))
                .setReplacement(toProto(proposal.replacement(), homes))
                .addAllHomes(homes.toProto())
                .build();
    }

    static ConvertRuns fromProto(io.cordwood.manifest.proto.ConvertRuns proto) {
        return new ConvertRuns(ProtoHistory.fromProto(proto.getFile()),
                fromProto(proto.getReplacement(), homes(proto.getHomesList())));
    }

    private static io.cordwood.manifest.proto.Replacement toProto(Replacement replacement,
            HomeNumbers homes) {
        var proto = io.cordwood.manifest.proto.Replacement.newBuilder()
                .setMade(ProtoRuns.toProto(replacement.made()));
        replacement.sources().forEach(run -> proto.addSources(toProto(run, homes)));
        return proto.build();
    }

    private static Replacement fromProto(io.cordwood.manifest.proto.Replacement proto,
            List<Home> homes) {
        return new Replacement(ProtoRuns.fromProto(proto.getMade()),
                proto.getSourcesList().stream().map(run -> fromProto(run, homes)).toList());
    }

    private static SourceRun toProto(Run run, HomeNumbers homes) {
        return SourceRun.newBuilder()
                .setHome(homes.of(run.home()))
                .setPosition(run.position())
                .setLength(run.length())
                .setBaseOffset(run.baseOffset())
                .setOffsets(run.offsets())
                .setMaxTimestampMillis(run.maxTimestampMillis())
                .setLatestTimestampMillis(run.latestTimestampMillis())
                .build();
    }

    private static Run fromProto(SourceRun proto, List<Home> homes) {
        if (proto.getHome() < 0 || proto.getHome() >= homes.size()) {
            throw new IllegalArgumentException("a run lies in something that is not told of");
        }
        return new Run(homes.get(proto.getHome()), proto.getPosition(), proto.getLength(),
                proto.getBaseOffset(), proto.getOffsets(), proto.getMaxTimestampMillis(),
                proto.getLatestTimestampMillis());
    }

    private static List<Home> homes(List<Segment> proto) {
        return proto.stream().map(ProtoHomes::fromProto).toList();
    }
}
