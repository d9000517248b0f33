package io.cordwood.indexer.merge;

import io.cordwood.manifest.commit.MergeRuns;
import io.cordwood.manifest.commit.Replacement;
import io.cordwood.manifest.event.CommittedRun;
import io.cordwood.manifest.event.SegmentPlace;
import io.cordwood.manifest.state.Run;
import io.cordwood.runtime.CorruptException;
import io.cordwood.store.batch.BatchLimits;
import io.cordwood.store.object.Bytes;
import io.cordwood.store.segment.SegmentEnd;
import io.cordwood.store.segment.SegmentRun;
import io.cordwood.store.segment.SegmentWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * A segment that is made of others' runs, window by window: what to read next is asked for, and
 * what was read is given back as it is to be written. Every batch is looked at, and none is kept.
 */
final class MergedSegment {

    private static final ByteBuffer MISSING = ByteBuffer.allocate(0);

    private final UUID id;
    private final MergeJob job;
    private final long windowBytes;
    private final List<MergeSource> sources;
    private final SegmentWriter writer;
    private boolean begun;
    private int next;
    private int position;
    private long atLeastBytes;
    private Optional<SegmentEnd> end = Optional.empty();
    private Optional<Run> damaged = Optional.empty();

    /**
     * A segment of which nothing is made yet.
     *
     * @param windowBytes how much is read at a time, if no batch is larger
     */
    MergedSegment(UUID id, MergeJob job, long windowBytes) {
        this.id = id;
        this.job = job;
        this.windowBytes = windowBytes;
        this.sources = job.sources();
        this.writer = new SegmentWriter(id);
        beginSource();
    }

    /** What to read next; nothing when all is written. */
    List<RunSlice> window() {
        List<RunSlice> window = new ArrayList<>();
        long room = Math.max(windowBytes, atLeastBytes);
        int from = position;
        for (int i = next; i < sources.size() && room > 0; i++) {
            RunSlice slice = RunSlice.from(sources.get(i).run(), from, room);
            window.add(slice);
            room -= slice.length();
            from = 0;
        }
        return window;
    }

    /**
     * Takes over what was read, as far as its batches are whole. Takes time.
     *
     * @param read the bytes of the window; none of a run that is missing
     * @return what to write
     * @throws CorruptException when a source is {@link #damaged}
     */
    Bytes take(List<RunSlice> window, Map<RunSlice, ByteBuffer> read) {
        List<ByteBuffer> taken = new ArrayList<>();
        if (!begun) {
            taken.add(writer.header());
            begun = true;
        }
        for (RunSlice slice : window) {
            ByteBuffer bytes = read.getOrDefault(slice, MISSING);
            taken.add(bytes.slice(bytes.position(), take(slice, bytes)));
        }
        if (next == sources.size()) {
            SegmentEnd made = writer.end();
            taken.addAll(made.bytes().slices());
            end = Optional.of(made);
        }
        return Bytes.of(taken);
    }

    private int take(RunSlice slice, ByteBuffer bytes) {
        MergeSource source = sources.get(next);
        int taken = bytes.remaining() == slice.length() ? writer.add(bytes) : 0;
        if (taken == slice.length() && slice.endsItsRun()) {
            endSource(source);
        } else if (slice.endsItsRun() || !mayGoOn(slice, taken)) {
            damaged = Optional.of(source.run());
            throw new CorruptException("the run at offset " + source.run().baseOffset() + " in "
                    + source.run().key() + " is missing or damaged");
        } else {
            position += taken;
            boolean larger = taken == 0 && slice.length() >= windowBytes;
            atLeastBytes = larger ? BatchLimits.STANDARD.sizeMax() : 0;
        }
        return taken;
    }

    /** Whether it may be that the slice has ended within a batch, and nothing is wrong. */
    private static boolean mayGoOn(RunSlice slice, int taken) {
        return taken > 0 || slice.length() < BatchLimits.STANDARD.sizeMax();
    }

    private void endSource(MergeSource source) {
        if (source.ends()) {
            writer.endRun();
        }
        next++;
        position = 0;
        atLeastBytes = 0;
        beginSource();
    }

    private void beginSource() {
        if (next < sources.size() && sources.get(next).begins()) {
            writer.beginRun(sources.get(next).partition());
        }
    }

    /** How long it is in bytes, when all is written. */
    long length() {
        return end.orElseThrow().segmentLength();
    }

    /** The source because of which it cannot be made. */
    Optional<Run> damaged() {
        return damaged;
    }

    /** Has its runs take the place of those that they were made of. */
    MergeRuns proposal() {
        List<Replacement> parts = new ArrayList<>();
        for (int i = 0; i < job.merges().size(); i++) {
            RunMerge merge = job.merges().get(i);
            SegmentRun run = writer.runs().get(i);
            parts.add(new Replacement(CommittedRun.of(run.partition(), run.position(),
                    run.length(), run.offsets(), merge.maxTimestampMillis()), merge.sources()));
        }
        return new MergeRuns(new SegmentPlace.Stored(id, end.orElseThrow().index()), parts);
    }
}
