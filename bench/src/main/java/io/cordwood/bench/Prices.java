package io.cordwood.bench;

import io.cordwood.store.object.CountingObjectStore;
import io.cordwood.store.object.Operation;

/**
 * What requests cost in US dollars: S3 Standard in us-east-1. Prices change: compare them with the
 * page below. Bytes stored and bytes moved within the region are not counted.
 *
 * @see <a href="https://aws.amazon.com/s3/pricing/">Amazon S3 pricing</a>
 */
final class Prices {

    /** A PUT, COPY, POST or LIST. */
    private static final double WRITE = 0.005 / 1_000;

    /** A GET, SELECT or any other. */
    private static final double READ = 0.0004 / 1_000;

    private Prices() {}

    /** What the requests so far cost. Deletes are free. */
    static double dollars(CountingObjectStore store) {
        return writes(store) * WRITE + reads(store) * READ;
    }

    /** How many requests were paid as writes. */
    static long writes(CountingObjectStore store) {
        return store.calls(Operation.PUT) + store.calls(Operation.PUT_IF_ABSENT)
                + store.calls(Operation.LIST);
    }

    /** How many requests were paid as reads. */
    static long reads(CountingObjectStore store) {
        return store.calls(Operation.GET) + store.calls(Operation.READ);
    }
}
