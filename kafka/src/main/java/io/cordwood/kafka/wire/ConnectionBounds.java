package io.cordwood.kafka.wire;

import java.time.Duration;

/**
 * What one connection may take.
 *
 * @param frameBytesMax the largest request
 * @param requestsMax requests in hand; at the bound, no more is read
 * @param requestBytesMax bytes of requests in hand; at the bound, no more is read
 * @param waitMax for the rest of a frame that has begun, and for a client to take its responses
 */
public record ConnectionBounds(int frameBytesMax, int requestsMax, long requestBytesMax,
        Duration waitMax) {

    /** The bounds for requests of a given size. */
    public static ConnectionBounds of(int frameBytesMax) {
        return new ConnectionBounds(frameBytesMax, 32, 4L * frameBytesMax, Duration.ofMinutes(1));
    }
}
