package io.cordwood.store.segment;

import io.cordwood.runtime.Invariant;
import io.cordwood.store.batch.BatchHeader;
import io.cordwood.store.batch.TimestampRange;
import io.cordwood.store.object.ByteRange;
import io.cordwood.store.object.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.CRC32C;

/**
 * Makes a segment with relative offsets from front to back, of batches that were stored before:
 * they pass by and are looked at, and nothing but the index is kept. First comes the
 * {@link #header}, then run by run what was {@link #add added}, then the {@link #end}.
 */
public final class SegmentWriter {

    private final UUID id;
    private final List<SegmentRun> runs = new ArrayList<>();
    private final List<List<Stretch>> stretches = new ArrayList<>();
    private long runsEnd = SegmentLayout.HEADER_SIZE;
    private Optional<OpenRun> open = Optional.empty();

    public SegmentWriter(UUID id) {
        this.id = id;
    }

    /** What the segment begins with. */
    public ByteBuffer header() {
        return SegmentFrame.header(id);
    }

    /** Begins the run of a partition; those of others come in the order of their partitions. */
    public void beginRun(PartitionId partition) {
        Invariant.check(open.isEmpty(), "one run is written at a time: %s", partition);
        open = Optional.of(new OpenRun(new RunTally(partition), new CRC32C()));
    }

    /**
     * Adds batches to the run that was begun: as many as are whole from the first byte on, and have
     * the right checksum. Whatever base offsets their heads name, each follows the one before it.
     *
     * @return how many bytes they have
     */
    public int add(ByteBuffer stored) {
        return open.orElseThrow().add(stored.slice());
    }

    /** Ends the run that was begun. It must have a batch. */
    public void endRun() {
        OpenRun run = open.orElseThrow();
        open = Optional.empty();
        runs.add(run.tally().finish(runsEnd, (int) run.crc().getValue()));
        stretches.add(run.tally().stretches());
        runsEnd += run.tally().length();
    }

    /** What the segment ends with. */
    public SegmentEnd end() {
        ByteBuffer index = SegmentIndexCodec.encode(runs, stretches);
        ByteRange place = new ByteRange(runsEnd, index.remaining());
        return new SegmentEnd(place, Bytes.of(index, SegmentFrame.footer(place)));
    }

    /** The runs that were ended. */
    public List<SegmentRun> runs() {
        return List.copyOf(runs);
    }

    /**
     * A run that grows.
     *
     * @param crc of its bytes so far
     */
    private record OpenRun(RunTally tally, CRC32C crc) {

        int add(ByteBuffer stored) {
            int position = 0;
            while (isIntact(stored, position)) {
                BatchHeader batch = new BatchHeader(stored, position);
                tally.add(batch.batchSize(), batch.offsets(), new TimestampRange(
                        batch.baseTimestampMillis(), batch.maxTimestampMillis()));
                position += batch.batchSize();
            }
            crc.update(stored.slice(0, position));
            return position;
        }

        private static boolean isIntact(ByteBuffer buffer, int position) {
            int left = buffer.capacity() - position;
            if (left < BatchHeader.SIZE) {
                return false;
            }
            BatchHeader batch = new BatchHeader(buffer, position);
            int size = batch.batchSize();
            return size >= BatchHeader.SIZE && size <= left && batch.offsets() > 0
                    && batch.isIntact();
        }
    }
}
