package io.cordwood.store.segment;

import io.cordwood.runtime.Invariant;
import io.cordwood.store.batch.ValidBatch;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Collects batches and turns them into a segment with relative offsets. Batches are not copied: the
 * segment is made of their bytes.
 */
public final class SegmentBuilder {

    private final UUID id;
    private final Map<PartitionId, RunBuilder> runs = new TreeMap<>();
    private long runBytes;

    public SegmentBuilder(UUID id) {
        this.id = id;
    }

    /**
     * Adds a batch at the end of its partition's run.
     *
     * @return where in the run it is
     */
    public BatchPlace add(PartitionId partition, ValidBatch batch) {
        runBytes += batch.size();
        return runs.computeIfAbsent(partition, RunBuilder::new).add(batch);
    }

    /** The bytes of all batches so far. */
    public long runBytes() {
        return runBytes;
    }

    /** Finishes the segment. The builder is not used after that. */
    public Segment build() {
        List<ByteBuffer> slices = new ArrayList<>();
        slices.add(SegmentFrame.header(id));
        List<SegmentRun> finished = new ArrayList<>(runs.size());
        long position = SegmentLayout.HEADER_SIZE;
        for (RunBuilder run : runs.values()) {
            SegmentRun done = run.finish(position);
            finished.add(done);
            slices.addAll(run.slices());
            position += done.length();
        }
        ByteBuffer index = SegmentIndexCodec.encode(finished,
                runs.values().stream().map(RunBuilder::stretches).toList());
        ByteRange indexRange = new ByteRange(position, index.remaining());
        slices.add(index);
        slices.add(SegmentFrame.footer(indexRange));
        Bytes bytes = Bytes.of(slices);
        Invariant.check(bytes.size() == indexRange.end() + SegmentLayout.FOOTER_SIZE,
                "a segment is as long as its parts");
        return new Segment(id, bytes, indexRange, finished,
                runs.values().stream().map(RunBuilder::batches).toList());
    }
}
