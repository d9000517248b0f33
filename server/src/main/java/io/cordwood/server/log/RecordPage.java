package io.cordwood.server.log;

import io.cordwood.store.batch.StoredRecord;
import java.util.List;

/**
 * Records in the order of their offsets.
 *
 * @param records none if there was nothing to read in time
 * @param nextOffset where to go on reading
 * @param range the offsets that the partition had when it was read
 */
public record RecordPage(List<StoredRecord> records, long nextOffset, OffsetRange range) {

    public RecordPage {
        records = List.copyOf(records);
    }
}
