package io.cordwood.history.write;

import io.cordwood.history.file.RecordAttributes;
import io.cordwood.store.batch.LogRecord;
import io.cordwood.store.batch.StoredRecord;
import io.cordwood.store.batch.TimestampRange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts what goes into a file. */
final class RunTally {

    private final Map<Integer, Long> leaderEpochs = new LinkedHashMap<>();
    private TimestampRange timestamps = TimestampRange.EMPTY;
    private long records;
    private long nextOffset;

    RunTally(long baseOffset) {
        this.nextOffset = baseOffset;
    }

    void add(SourceBatch batch, List<StoredRecord> content) {
        nextOffset = batch.nextOffset();
        records += content.size();
        leaderEpochs.putIfAbsent(batch.leaderEpoch(), batch.baseOffset());
        if (!RecordAttributes.isControl(batch.attributes())) {
            for (StoredRecord stored : content) {
                include(stored.record().timestampMillis());
            }
        }
    }

    /** The first offset of each leader epoch's batches. */
    Map<Integer, Long> leaderEpochs() {
        return leaderEpochs;
    }

    /** Of the records that have one and that readers see. */
    TimestampRange timestamps() {
        return timestamps;
    }

    long records() {
        return records;
    }

    /** The offset after the last batch. */
    long nextOffset() {
        return nextOffset;
    }

    private void include(long timestampMillis) {
        if (timestampMillis != LogRecord.NO_TIMESTAMP) {
            timestamps = timestamps.include(timestampMillis);
        }
    }
}
