package io.cordwood.server.grpc;

import io.cordwood.server.log.RecordLog;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.common.GrpcHeaderNames;
import io.vertx.grpc.reflection.ReflectionService;
import io.vertx.grpc.server.GrpcProtocol;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Serves the log over gRPC, with health and reflection, on an HTTP server that is not its own: give
 * it the requests that {@link #accepts} says are its.
 *
 * <p>Confined to the event loop of that HTTP server: make one for each.
 */
public final class GrpcEdge implements Handler<HttpServerRequest> {

    private static final Set<String> CONTENT_TYPES = Set.of("application/grpc",
            "application/grpc+proto");
    private static final int UNSUPPORTED_MEDIA_TYPE = 415;
    private static final int STREAM_WINDOW_BYTES = 512 << 10;
    private static final int CONNECTION_WINDOW_BYTES = 16 << 20;

    private final GrpcServer server;
    private final Arrivals arrivals = new Arrivals();

    /**
     * Creates an edge before a log.
     *
     * @param requestBytesMax bytes of the largest message that is taken
     * @param serving whether the log can be used now, for health checks
     */
    public GrpcEdge(Vertx vertx, RecordLog log, int requestBytesMax,
            Supplier<Future<Boolean>> serving) {
        GrpcServerOptions options = new GrpcServerOptions().setMaxMessageSize(requestBytesMax);
        for (GrpcProtocol protocol : GrpcProtocol.values()) {
            options.removeEnabledProtocol(protocol);
        }
        this.server = GrpcServer.server(vertx, options.addEnabledProtocol(GrpcProtocol.HTTP_2));
        Methods ofLog = new Methods(LogService.DESCRIPTOR, arrivals, requestBytesMax);
        LogService.bind(ofLog, log);
        Methods ofHealth = new Methods(HealthService.DESCRIPTOR, arrivals, requestBytesMax);
        new HealthService(vertx, serving).bind(ofHealth);
        server.addService(ofLog.service()).addService(ofHealth.service())
                .addService(ReflectionService.v1());
    }

    /**
     * Sets the windows of HTTP/2, so that a call that is held back does not hold back the others on
     * its connection: what one call may send unread is a small part of what the connection may.
     */
    public static HttpServerOptions withWindows(HttpServerOptions options) {
        options.getInitialSettings().setInitialWindowSize(STREAM_WINDOW_BYTES);
        return options.setHttp2ConnectionWindowSize(CONNECTION_WINDOW_BYTES);
    }

    /**
     * Whether a request is one of gRPC, in any of its forms; those not served get their answer too.
     */
    public static boolean accepts(HttpServerRequest request) {
        String contentType = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return contentType != null && contentType.startsWith("application/grpc");
    }

    @Override
    public void handle(HttpServerRequest request) {
        if (!CONTENT_TYPES.contains(request.getHeader(HttpHeaders.CONTENT_TYPE))) {
            request.response().setStatusCode(UNSUPPORTED_MEDIA_TYPE).end();
            return;
        }
        if (!request.headers().contains(GrpcHeaderNames.GRPC_ENCODING)) {
            // Without it the library throws at a message that says it is compressed, and never
            // answers.
            request.headers().set(GrpcHeaderNames.GRPC_ENCODING, "identity");
        }
        arrivals.during(request, () -> server.handle(request));
    }
}
