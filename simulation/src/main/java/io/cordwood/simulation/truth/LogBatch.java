package io.cordwood.simulation.truth;

import io.cordwood.store.batch.BatchDecoder;
import io.cordwood.store.batch.BatchHeader;
import io.cordwood.store.batch.StoredRecord;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * A batch as it is in the log.
 *
 * @param records none if it is a control batch, which takes an offset all the same
 */
record LogBatch(BatchStamp stamp, long baseOffset, long lastOffset, List<StoredRecord> records) {

    LogBatch {
        records = List.copyOf(records);
    }

    /** The batches of a run that begins at an offset, which is written into them. */
    static List<LogBatch> of(ByteBuffer run, long baseOffset) {
        List<LogBatch> batches = new ArrayList<>();
        long next = baseOffset;
        for (int position = run.position(); position < run.limit();) {
            BatchHeader header = new BatchHeader(run, position);
            header.assign(next, 0);
            batches.add(new LogBatch(BatchStamp.of(run, position), next, header.lastOffset(),
                    BatchDecoder.records(run.slice(position, header.batchSize()), 0)));
            next = header.lastOffset() + 1;
            position += header.batchSize();
        }
        return batches;
    }
}
