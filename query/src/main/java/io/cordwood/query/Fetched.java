package io.cordwood.query;

import io.cordwood.manifest.state.PartitionState;
import io.cordwood.store.batch.AbortedTransaction;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * What was fetched: whole batches, the first of which holds the wanted offset and may begin before.
 *
 * @param parts each of one or more batches, in order; none if there was nothing in time
 * @param nextOffset where to go on
 * @param partition as it was when it was read
 * @param aborted the transactions whose records among these do not count, where that was asked
 */
public record Fetched(List<ByteBuffer> parts, long nextOffset, PartitionState partition,
        List<AbortedTransaction> aborted) {

    public Fetched {
        parts = List.copyOf(parts);
        aborted = List.copyOf(aborted);
    }
}
