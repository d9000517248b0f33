package io.cordwood.ingest;

import io.cordwood.store.batch.ValidBatch;
import io.cordwood.store.segment.PartitionId;
import io.cordwood.store.segment.SegmentBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The segment that batches are gathered in now. Turns into a {@link SealedSegment}. */
final class OpenSegment {

    private final long number;
    private final SegmentBuilder builder;
    private final List<PendingAppend> appends = new ArrayList<>();
    private long heldBytes;
    private long lastNanos;

    OpenSegment(long number, UUID id) {
        this.number = number;
        this.builder = new SegmentBuilder(id);
    }

    /** The number it will be committed under. */
    long number() {
        return number;
    }

    /** The bytes of its batches. */
    long batchBytes() {
        return builder.runBytes();
    }

    /** How far it is filled. */
    SealingRules.Filling filling() {
        return new SealingRules.Filling(builder.runBytes(), lastNanos);
    }

    /** Adds a batch, for which so many bytes of the budget are held. */
    PendingAppend add(PartitionId partition, ValidBatch batch, long cost, long nowNanos) {
        PendingAppend append = new PendingAppend(partition, builder.add(partition, batch),
                new PendingAppend.Size(batch.records(), batch.size()), nowNanos);
        appends.add(append);
        heldBytes += cost;
        lastNanos = nowNanos;
        return append;
    }

    /** Finishes the segment. Nothing is added to this one any more. */
    SealedSegment seal() {
        return new SealedSegment(number, builder.build(), appends, heldBytes);
    }
}
