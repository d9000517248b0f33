package io.cordwood.kafka.wire;

import io.vertx.core.Future;

/** Room in memory for the requests of all connections. Any thread may call. */
public interface Room {

    /**
     * Takes room, waiting for it if need be.
     *
     * @return fails when there is none for too long; then nothing was taken
     */
    Future<Void> reserve(long bytes);

    /** Gives back room that was taken. */
    void release(long bytes);
}
