package io.cordwood.query;

import io.cordwood.store.segment.PartitionId;

/**
 * What to fetch.
 *
 * @param offset of the first record wanted
 * @param bytesMax how many bytes of batches to answer with
 * @param atLeastOne whether the first batch is answered even if it is larger than that
 */
public record FetchRequest(PartitionId partition, long offset, int bytesMax, boolean atLeastOne,
        IsolationLevel isolation) {

    public FetchRequest {
        if (bytesMax <= 0) {
            throw new IllegalArgumentException("a fetch has room for something");
        }
    }

    /** A fetch that is answered with a batch wherever there is one that is not in doubt. */
    public static FetchRequest atLeastOne(PartitionId partition, long offset, int bytesMax) {
        return new FetchRequest(partition, offset, bytesMax, true, IsolationLevel.READ_COMMITTED);
    }

    /** The same, with a share of the bytes. */
    public FetchRequest share(int bytes, boolean first) {
        return new FetchRequest(partition, offset, bytes, first, isolation);
    }
}
