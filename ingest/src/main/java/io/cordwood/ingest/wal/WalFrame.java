package io.cordwood.ingest.wal;

import io.cordwood.store.batch.ValidBatch;
import io.cordwood.store.segment.PartitionId;

/** A batch and where it is to go: what one append adds to a file. */
public record WalFrame(PartitionId partition, ValidBatch batch) {}
