package io.cordwood.indexer.merge;

import io.cordwood.indexer.merge.Merger.Merged;
import io.cordwood.manifest.commit.Replacement;
import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.state.Run;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.segment.Segment;
import io.cordwood.store.segment.SegmentBuilder;
import io.cordwood.store.segment.SegmentRun;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;

/**
 * A segment made of others' runs.
 *
 * @param segment empty where no merge could be made
 * @param merges those that are in it, in the order of its runs
 * @param damaged sources because of which other merges are not
 */
record MergedSegment(Optional<Segment> segment, List<RunMerge> merges, Set<Run> damaged) {

    MergedSegment {
        merges = List.copyOf(merges);
        damaged = Set.copyOf(damaged);
    }

    /**
     * Makes the segment of a job, looking at each batch. Takes time.
     *
     * @param bytes of the sources; none of one that is missing
     */
    static MergedSegment of(UUID id, MergeJob job, Map<Run, ByteBuffer> bytes) {
        SegmentBuilder builder = new SegmentBuilder(id);
        List<RunMerge> made = new ArrayList<>();
        Set<Run> damaged = new HashSet<>();
        for (RunMerge merge : job.merges()) {
            List<ByteBuffer> sources = merge.sources().stream()
                    .map(run -> Optional.ofNullable(bytes.get(run))
                            .filter(found -> found.remaining() == run.length())
                            .orElseGet(() -> ByteBuffer.allocate(1)))
                    .toList();
            OptionalInt bad = builder.addStored(merge.partition(), sources);
            if (bad.isPresent()) {
                damaged.add(merge.sources().get(bad.getAsInt()));
            } else {
                made.add(merge);
            }
        }
        return new MergedSegment(made.isEmpty() ? Optional.empty() : Optional.of(builder.build()),
                made, damaged);
    }

    /** Its runs, and what each was made of. */
    List<Replacement> parts(Segment made) {
        List<Replacement> parts = new ArrayList<>(merges.size());
        for (int i = 0; i < merges.size(); i++) {
            RunMerge merge = merges.get(i);
            SegmentRun run = made.runs().get(i);
            parts.add(new Replacement(CommittedRun.of(run.partition(), run.position(),
                    run.length(), run.offsets(), merge.maxTimestampMillis()), merge.sources()));
        }
        return parts;
    }

    Merged result(int runs) {
        return new Merged(runs, segment.map(Segment::bytes).map(Bytes::size).orElse(0), damaged);
    }
}
