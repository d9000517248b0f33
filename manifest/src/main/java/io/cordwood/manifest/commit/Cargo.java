package io.cordwood.manifest.commit;

import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.segment.RunBatch;
import io.cordwood.store.segment.Segment;
import io.cordwood.store.segment.SegmentRun;
import java.util.List;
import java.util.UUID;

/** The segment of a commit, and how its bytes get into the bucket. */
public sealed interface Cargo {

    /** The largest segment in bytes that travels in an entry: one write instead of two. */
    int INLINE_SIZE_MAX = 256 << 10;

    /** The runs of the segment, in its order. */
    List<SegmentRun> runs();

    /** The batches of each run; none where none of the run has a producer that is to be known. */
    List<List<RunBatch>> batches();

    /** The bytes that travel in the entry: none or one. */
    List<Bytes> inline();

    /** Where the event says that the segment is. */
    SegmentPlace place(int inlinePosition);

    /** A segment that was uploaded before: its object is durable. */
    record Uploaded(UUID id, ByteRange index, List<SegmentRun> runs,
            List<List<RunBatch>> batches) implements Cargo {

        public Uploaded {
            runs = List.copyOf(runs);
            batches = List.copyOf(batches);
            RunBatch.requireOf(runs, batches);
            for (int i = 0; i < runs.size(); i++) {
                requireCommittable(runs.get(i), batches.get(i));
            }
        }

        /** Any of its batches may become the first of a run. */
        private static void requireCommittable(SegmentRun run, List<RunBatch> batches) {
            long last = batches.isEmpty() ? 0 : batches.getLast().position();
            if (run.position() > CommittedRun.POSITION_MAX - last) {
                throw new IllegalArgumentException("no segment is so long: " + run.position());
            }
        }

        /** The cargo of a segment whose upload has succeeded. */
        public static Uploaded of(Segment segment) {
            return new Uploaded(segment.id(), segment.index(), segment.runs(),
                    segment.batches());
        }

        @Override
        public List<Bytes> inline() {
            return List.of();
        }

        @Override
        public SegmentPlace place(int inlinePosition) {
            return new SegmentPlace.Stored(id, index);
        }
    }

    /** A small segment that travels in the entry. */
    record Enclosed(Segment segment) implements Cargo {

        public Enclosed {
            if (segment.bytes().size() > INLINE_SIZE_MAX) {
                throw new IllegalArgumentException("too large for an entry: "
                        + segment.bytes().size());
            }
        }

        @Override
        public List<SegmentRun> runs() {
            return segment.runs();
        }

        @Override
        public List<List<RunBatch>> batches() {
            return segment.batches();
        }

        @Override
        public List<Bytes> inline() {
            return List.of(segment.bytes());
        }

        @Override
        public SegmentPlace place(int inlinePosition) {
            return new SegmentPlace.Inline(inlinePosition, segment.index());
        }
    }

    /** Nothing: a number whose segment was lost before anybody was told of it. */
    record Nothing() implements Cargo {

        @Override
        public List<SegmentRun> runs() {
            return List.of();
        }

        @Override
        public List<List<RunBatch>> batches() {
            return List.of();
        }

        @Override
        public List<Bytes> inline() {
            return List.of();
        }

        @Override
        public SegmentPlace place(int inlinePosition) {
            return new SegmentPlace.Nowhere();
        }
    }
}
