package io.cordwood.server.http.exchange;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Objects;
import java.util.function.Supplier;

/** Where JSON is read and written: on the event loop if there is little of it, else on a worker. */
public final class Offload {

    /** What takes about a millisecond. Longer would keep the event loop from its other clients. */
    private static final int ON_LOOP_MAX_BYTES = 64 << 10;

    private Offload() {}

    /**
     * Works at once or on a worker.
     *
     * @param bytes that there are to read or write
     * @return completes on the caller's context, and fails with what the work throws
     */
    public static <T> Future<T> call(Vertx vertx, long bytes, Supplier<T> work) {
        if (bytes <= ON_LOOP_MAX_BYTES) {
            return Future.<Void>succeededFuture().map(now -> work.get());
        }
        return vertx.executeBlocking(work::get, false).map(Objects::requireNonNull);
    }
}
