package io.cordwood.bench;

import io.cordwood.runtime.EventLoop;
import io.cordwood.store.object.LaggingObjectStore;
import io.cordwood.store.object.LogNormalLag;
import io.cordwood.store.object.ObjectStore;
import java.time.Duration;
import java.util.Random;

/**
 * A store that answers reads as S3 does: the first byte after some 75 ms, and no more on one
 * connection than such a connection carries.
 */
final class BucketPace {

    private static final Duration LAG = Duration.ofMillis(75);
    private static final Duration LAG_P99 = Duration.ofMillis(160);
    private static final long CONNECTION_BYTES_PER_SECOND = 90_000_000;

    private BucketPace() {}

    static ObjectStore of(ObjectStore store, EventLoop loop) {
        return new ConnectionPace(
                new LaggingObjectStore(store, loop, new LogNormalLag(new Random(1), LAG, LAG_P99)),
                loop, CONNECTION_BYTES_PER_SECOND);
    }
}
