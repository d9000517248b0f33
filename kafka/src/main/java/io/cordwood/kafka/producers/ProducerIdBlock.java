package io.cordwood.kafka.producers;

import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.manifest.commit.ReserveProducerIds;
import io.vertx.core.Future;

/**
 * Producer ids that this process may give out. They are reserved in the manifest by the thousand,
 * so that most producers need not wait for the bucket. Confined to the log's loop.
 */
public final class ProducerIdBlock {

    private static final int RESERVED_COUNT = 1_000;

    private final KafkaLog log;
    private long next;
    private long end;
    private Future<Void> reservation = Future.succeededFuture();

    /** A block that has no ids yet. */
    public ProducerIdBlock(KafkaLog log) {
        this.log = log;
    }

    /** An id that nobody had before. Any thread may call. */
    public Future<Long> take() {
        return log.loop().submit(this::takeOrReserve);
    }

    private Future<Long> takeOrReserve() {
        if (next < end) {
            long taken = next;
            next++;
            return Future.succeededFuture(taken);
        }
        if (reservation.isComplete()) {
            reservation = log.propose(new ReserveProducerIds(RESERVED_COUNT)).map(first -> {
                next = first;
                end = first + RESERVED_COUNT;
                return null;
            });
        }
        return reservation.compose(reserved -> takeOrReserve());
    }
}
