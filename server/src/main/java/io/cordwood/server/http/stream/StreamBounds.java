package io.cordwood.server.http.stream;

import java.time.Duration;

/**
 * How much streams of one kind may take.
 *
 * @param streamsMax streams that may be open at one time
 * @param partitionsMax partitions that one stream may read: each is a read that waits
 * @param pageSizeMaxBytes bytes that one stream reads at a time, over all its partitions, beyond
 *        the first batch of each; it holds twice as much
 * @param heartbeat time between signs of life
 * @param retry time before a read that failed for a passing reason is tried again
 */
public record StreamBounds(int streamsMax, int partitionsMax, int pageSizeMaxBytes,
        Duration heartbeat, Duration retry) {

    /** 100 tails of 128 partitions and 256 KiB, a heartbeat every 15 s. */
    public static final StreamBounds TAILS = new StreamBounds(100, 128, 256 << 10,
            Duration.ofSeconds(15), Duration.ofSeconds(1));

    /** 16 replays of 128 partitions and 2 MiB. */
    public static final StreamBounds REPLAYS = new StreamBounds(16, 128, 2 << 20,
            Duration.ofSeconds(15), Duration.ofSeconds(1));

    public StreamBounds {
        if (streamsMax < 0 || partitionsMax <= 0 || pageSizeMaxBytes < partitionsMax) {
            throw new IllegalArgumentException("a stream has room for a byte of each partition");
        }
        if (!heartbeat.isPositive() || !retry.isPositive()) {
            throw new IllegalArgumentException("times are positive");
        }
    }
}
