package io.cordwood.history.write;

import io.cordwood.store.batch.StoredRecord;

/** Decides which records of the batches that it is given a file holds. */
@FunctionalInterface
public interface RecordFilter {

    /** All of them. */
    RecordFilter ALL = (record, role) -> true;

    /** Whether the file is to hold a record. Where it does not, the offset is left out. */
    boolean keeps(StoredRecord record, RecordRole role);
}
