package io.cordwood.kafka.wire;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/**
 * Notices that something which is to go on does not. It looks once in a while, so a stall is found
 * after one to two such whiles. Confined to the event loop of a connection.
 */
final class StallWatch {

    private final Vertx vertx;
    private final long waitMaxMillis;
    private final Runnable onStall;
    private final BooleanSupplier pending;
    private final LongSupplier progress;
    private boolean watching;

    /**
     * A watch that is not on.
     *
     * @param pending whether anything is to go on
     * @param progress a number that changes when it does
     */
    StallWatch(Vertx vertx, Duration waitMax, BooleanSupplier pending, LongSupplier progress,
            Runnable onStall) {
        this.vertx = vertx;
        this.waitMaxMillis = waitMax.toMillis();
        this.pending = pending;
        this.progress = progress;
        this.onStall = onStall;
    }

    /** Watches, if it does not yet, until nothing is pending. */
    void start() {
        if (watching || !pending.getAsBoolean()) {
            return;
        }
        watching = true;
        long before = progress.getAsLong();
        vertx.setTimer(waitMaxMillis, fired -> {
            watching = false;
            if (pending.getAsBoolean() && progress.getAsLong() == before) {
                onStall.run();
            } else {
                start();
            }
        });
    }
}
