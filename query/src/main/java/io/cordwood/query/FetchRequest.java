package io.cordwood.query;

import io.cordwood.store.segment.PartitionId;
import java.time.Duration;

/**
 * What to fetch.
 *
 * @param offset of the first record wanted
 * @param bytesMax how many bytes of batches to answer with, beyond the first batch
 * @param waitMax how long {@link Query#awaitRecords} waits where there is nothing yet
 */
public record FetchRequest(PartitionId partition, long offset, int bytesMax, Duration waitMax) {

    public FetchRequest {
        if (bytesMax <= 0 || waitMax.isNegative()) {
            throw new IllegalArgumentException("a fetch has room for something");
        }
    }
}
