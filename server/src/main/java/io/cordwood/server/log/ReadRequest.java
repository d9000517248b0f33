package io.cordwood.server.log;

import java.time.Duration;

/**
 * How to read.
 *
 * @param offset of the first record wanted
 * @param bytesMax how many bytes of stored batches to answer with at most, beyond the first batch
 * @param waitMax how long to wait for a record if there is none yet; zero to answer at once
 */
public record ReadRequest(long offset, int bytesMax, Duration waitMax) {

    public ReadRequest {
        if (bytesMax <= 0 || waitMax.isNegative()) {
            throw new IllegalArgumentException("a read has room for something");
        }
    }
}
