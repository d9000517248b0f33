package io.cordwood.server.grpc;

import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;

/**
 * The HTTP request that is being turned into a gRPC call at this moment.
 *
 * <p>The gRPC server hides it, and queues messages by their number. A call that bounds what it
 * holds in bytes must hold back the HTTP request itself.
 */
final class Arrivals {

    private Optional<HttpServerRequest> current = Optional.empty();

    /** Runs what turns the request into a call. */
    void during(HttpServerRequest request, Runnable turning) {
        current = Optional.of(request);
        try {
            turning.run();
        } finally {
            current = Optional.empty();
        }
    }

    /** The request of the call that is arriving. */
    HttpServerRequest current() {
        return current.orElseThrow(() -> new IllegalStateException("no call is arriving"));
    }
}
