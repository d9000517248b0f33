package io.cordwood.kafka.records;

import io.cordwood.manifest.state.ManifestState;
import io.cordwood.query.FetchRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * What one partition gets of the bytes of a fetch.
 *
 * @param request no larger than the share, but for the first partition's first batch
 */
record Share(PartitionFetch fetch, FetchRequest request) {

    /** How many partitions are read for one fetch. A client asks for the others next. */
    static final int PARTITIONS_MAX = 256;

    /** More than any batch has: the first is answered whatever its size. */
    private static final int BATCH_BYTES_MAX = 2 << 20;

    /**
     * Divides the bytes among those partitions that have something, in the order of the request:
     * clients ask first for what they got last.
     */
    static List<Share> divide(ManifestState state, List<PartitionFetch> fetches, int bytes) {
        List<Share> shares = new ArrayList<>();
        long left = bytes;
        for (PartitionFetch fetch : fetches) {
            long available = fetch.wanted().flatMap(wanted -> state
                    .partition(wanted.partition())
                    .map(partition -> partition.sizeBetween(wanted.offset(),
                            wanted.isolation().endOffset(partition), wanted.bytesMax())))
                    .orElse(0L);
            boolean first = shares.isEmpty();
            if (available > 0 && (first || left > 0) && shares.size() < PARTITIONS_MAX) {
                FetchRequest wanted = fetch.wanted().orElseThrow();
                int share = (int) Math.max(1,
                        Math.min(left, Math.min(available, wanted.bytesMax())));
                shares.add(new Share(fetch, wanted.share(share, first)));
                left -= share;
            }
        }
        return shares;
    }

    /** The bytes that it may come to. */
    long bytesMax() {
        return request.atLeastOne()
                ? Math.max(request.bytesMax(), BATCH_BYTES_MAX)
                : request.bytesMax();
    }
}
