package io.cordwood.server;

import io.cordwood.kafka.wire.Room;
import io.cordwood.server.log.RecordLog;
import io.vertx.core.Future;

/** Requests of the Kafka edge share the room of the other edges' requests. */
public record RequestRoom(RecordLog log) implements Room {

    @Override
    public Future<Void> reserve(long bytes) {
        return log.reserve(bytes);
    }

    @Override
    public void release(long bytes) {
        log.release(bytes);
    }
}
