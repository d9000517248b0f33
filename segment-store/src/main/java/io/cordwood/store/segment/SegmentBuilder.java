package io.cordwood.store.segment;

import io.cordwood.runtime.Invariant;
import io.cordwood.store.batch.ValidBatch;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.CRC32C;

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

    /**
     * Adds a partition's run that is made of others, which were stored before. Their batches are
     * not copied; whatever base offsets their heads name, each follows the one before it.
     *
     * @param sources each of whole batches, back to back
     * @return the place of the first source with a batch that is not whole or whose checksum
     *         differs; then the run is not added
     */
    public OptionalInt addStored(PartitionId partition, List<ByteBuffer> sources) {
        RunBuilder run = new RunBuilder(partition);
        for (int i = 0; i < sources.size(); i++) {
            if (!run.addStored(sources.get(i))) {
                return OptionalInt.of(i);
            }
        }
        Invariant.check(runs.put(partition, run) == null, "a partition has one run: %s",
                partition);
        runBytes += sources.stream().mapToLong(ByteBuffer::remaining).sum();
        return OptionalInt.empty();
    }

    /** The bytes of all batches so far. */
    public long runBytes() {
        return runBytes;
    }

    /** Finishes the segment. The builder is not used after that. */
    public Segment build() {
        List<ByteBuffer> slices = new ArrayList<>();
        slices.add(header());
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
        slices.add(footer(indexRange));
        Bytes bytes = Bytes.of(slices);
        Invariant.check(bytes.size() == indexRange.end() + SegmentLayout.FOOTER_SIZE,
                "a segment is as long as its parts");
        return new Segment(id, bytes, indexRange, finished,
                runs.values().stream().map(RunBuilder::batches).toList());
    }

    private ByteBuffer header() {
        ByteBuffer header = ByteBuffer.allocate(SegmentLayout.HEADER_SIZE);
        header.putInt(SegmentLayout.MAGIC).putShort(SegmentLayout.VERSION).putShort((short) 0);
        header.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
        header.putInt(0);
        return header.putInt(crc(header.duplicate().flip())).flip();
    }

    private static ByteBuffer footer(ByteRange indexRange) {
        ByteBuffer footer = ByteBuffer.allocate(SegmentLayout.FOOTER_SIZE);
        footer.putLong(indexRange.position()).putInt(indexRange.length());
        footer.putLong(indexRange.end() + SegmentLayout.FOOTER_SIZE);
        footer.putInt(crc(footer.duplicate().flip()));
        return footer.putInt(SegmentLayout.FOOTER_MAGIC).flip();
    }

    private static int crc(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes.duplicate());
        return (int) crc.getValue();
    }
}
