package io.cordwood.indexer.convert;

import io.cordwood.history.batch.Packing;
import io.cordwood.history.read.HistoryMemory;
import io.cordwood.history.read.HistoryReader;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Run;
import io.cordwood.runtime.DirectWorkers;
import io.cordwood.store.batch.AbortedTransaction;
import io.cordwood.store.batch.BatchDecoder;
import io.cordwood.store.batch.StoredRecord;
import io.cordwood.store.object.ObjectStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what partitions hold, wherever their runs lie. */
public record RunRecords(ObjectStore bucket) {

    /** The records of a partition that are not of an aborted transaction. */
    public List<StoredRecord> of(PartitionState partition) {
        List<AbortedTransaction> aborted = partition.abortedBetween(0, partition.nextOffset());
        SourceBatches batches = new SourceBatches(bucket, new DirectWorkers(), new HistoryReader(
                bucket, new DirectWorkers(), Packing.NONE, HistoryMemory.NONE));
        List<StoredRecord> records = new ArrayList<>();
        for (Run run : partition.runs()) {
            batches.take(run, batch -> {
                records.addAll(BatchDecoder.records(batch, partition.startOffset(),
                        (producer, offset) -> aborted.stream()
                                .anyMatch(it -> it.covers(producer, offset))));
                return Optional.empty();
            }).await();
        }
        return records;
    }
}
