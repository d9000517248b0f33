package io.cordwood.groups.shard;

import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.CoordinatorNotAvailableException;

/**
 * The bytes of records of all shards that are on their way to the bucket. Where they are too many,
 * the bucket is slow or gone: clients are told to come back. Any thread may call.
 */
final class Backlog {

    private static final long BYTES_MAX = 32 << 20;

    private final AtomicLong bytes = new AtomicLong();

    /**
     * Takes room for so many bytes.
     *
     * @throws CoordinatorNotAvailableException when there is none; then nothing is taken
     */
    void take(long size) {
        if (bytes.addAndGet(size) > BYTES_MAX) {
            giveBack(size);
            throw new CoordinatorNotAvailableException(
                    "too much of the groups waits for the bucket: try again later");
        }
    }

    /** Gives room back. */
    void giveBack(long size) {
        bytes.addAndGet(-size);
    }
}
