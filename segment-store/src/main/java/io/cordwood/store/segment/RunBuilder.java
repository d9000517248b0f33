package io.cordwood.store.segment;

import io.cordwood.store.batch.ValidBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** The batches of one partition while their segment is open. */
final class RunBuilder {

    private final RunTally tally;
    private final List<ByteBuffer> slices = new ArrayList<>();
    private final List<RunBatch> batches = new ArrayList<>();
    private boolean hasProducers;

    RunBuilder(PartitionId partition) {
        this.tally = new RunTally(partition);
    }

    BatchPlace add(ValidBatch batch) {
        BatchPlace place = new BatchPlace(tally.batches(), tally.offsets());
        batches.add(new RunBatch(tally.length(), batch.size(), tally.offsets(), batch.records(),
                batch.timestamps().maxMillis(), batch.producer()));
        hasProducers |= batch.producer().isPresent();
        slices.add(batch.bytes());
        tally.add(batch.size(), batch.records(), batch.timestamps());
        return place;
    }

    SegmentRun finish(long position) {
        CRC32C crc = new CRC32C();
        slices.forEach(slice -> crc.update(slice.duplicate()));
        return tally.finish(position, (int) crc.getValue());
    }

    List<ByteBuffer> slices() {
        return slices;
    }

    /** Its batches, if any has a producer that is to be known; else none. */
    List<RunBatch> batches() {
        return hasProducers ? List.copyOf(batches) : List.of();
    }

    List<Stretch> stretches() {
        return tally.stretches();
    }
}
