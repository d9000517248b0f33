package io.cordwood.server.http.tail;

import java.time.Duration;

/**
 * How much live tails may take.
 *
 * @param tailsMax tails that may be open at one time
 * @param partitionsMax partitions that one tail may follow: each is a read that waits
 * @param pageSizeMaxBytes bytes that one tail reads at a time, over all its partitions, beyond the
 *        first batch of each
 * @param heartbeat time between signs of life
 * @param retry time before a read that failed for a passing reason is tried again
 */
public record TailBounds(int tailsMax, int partitionsMax, int pageSizeMaxBytes, Duration heartbeat,
        Duration retry) {

    /** 100 tails of 128 partitions and 256 KiB, a heartbeat every 15 s. */
    public static final TailBounds STANDARD = new TailBounds(100, 128, 256 << 10,
            Duration.ofSeconds(15), Duration.ofSeconds(1));

    public TailBounds {
        if (tailsMax < 0 || partitionsMax <= 0 || pageSizeMaxBytes < partitionsMax) {
            throw new IllegalArgumentException("a tail has room for a byte of each partition");
        }
        if (!heartbeat.isPositive() || !retry.isPositive()) {
            throw new IllegalArgumentException("times are positive");
        }
    }
}
