package io.cordwood.indexer.compact;

import io.cordwood.indexer.convert.SourceBatches;
import io.cordwood.store.batch.AbortedTransaction;
import io.cordwood.store.batch.BatchDecoder;
import io.cordwood.store.batch.StoredRecord;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** Takes batches, and remembers where the last record of each key is, as long as there is room. */
final class KeyScan implements SourceBatches.BatchTaker {

    private final LatestOffsets latest;
    private final List<AbortedTransaction> aborted;
    private final long fromOffset;
    private long nextOffset;
    private boolean full;

    /**
     * A scan of what follows an offset.
     *
     * @param aborted the transactions that were aborted and have records there
     */
    KeyScan(LatestOffsets latest, List<AbortedTransaction> aborted, long fromOffset) {
        this.latest = latest;
        this.aborted = List.copyOf(aborted);
        this.fromOffset = fromOffset;
        this.nextOffset = fromOffset;
    }

    @Override
    public Optional<String> take(ByteBuffer batch) {
        for (StoredRecord stored : BatchDecoder.records(batch, fromOffset, this::isAborted)) {
            Optional<ByteBuffer> key = stored.record().key();
            if (key.isPresent() && !latest.put(key.get(), stored.offset())) {
                full = true;
                return Optional.of("there is no room for more keys");
            }
            nextOffset = stored.offset() + 1;
        }
        return Optional.empty();
    }

    /** The first offset that was not looked at. */
    long nextOffset() {
        return nextOffset;
    }

    /** Whether there was no room for more. */
    boolean isFull() {
        return full;
    }

    private boolean isAborted(long producerId, long offset) {
        return aborted.stream().anyMatch(it -> it.covers(producerId, offset));
    }
}
