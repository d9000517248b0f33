package io.cordwood.server;

import io.cordwood.server.grpc.GrpcEdge;
import io.cordwood.server.http.HttpEdge;
import io.cordwood.server.log.RecordLog;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Supplier;

/**
 * The edges on one address: HTTP and gRPC share a port, and the event loops share the connections.
 */
public final class EdgeServer {

    /** To Vert.x, a port that the system chooses once for all servers that ask for this number. */
    private static final int ANY_PORT = -1;

    private static final int STREAMS_MAX = 64;

    /**
     * How much of a stream that is held back may arrive all the same. The window of a connection
     * has room for that of every stream: else those that wait for room in the buffer would take all
     * of it, and those that have room would get no further.
     */
    private static final int STREAM_WINDOW_BYTES = 256 << 10;

    private final Vertx vertx;
    private final Edges edges;
    private final Promise<String> deployed = Promise.promise();

    public EdgeServer(Vertx vertx, Edges edges) {
        this.vertx = vertx;
        this.edges = edges;
    }

    /**
     * Listens on an address, on as many event loops as there are processors.
     *
     * @param port 0 to let the system choose
     * @return the port; fails when the address cannot be listened on
     */
    public Future<Integer> start(String host, int port) {
        HttpServerOptions options = HttpEdge.serverOptions().setHost(host)
                .setPort(port == 0 ? ANY_PORT : port).setHttp2ClearTextEnabled(true)
                .setInitialSettings(new Http2Settings().setMaxConcurrentStreams(STREAMS_MAX)
                        .setInitialWindowSize(STREAM_WINDOW_BYTES))
                .setHttp2ConnectionWindowSize(STREAMS_MAX * STREAM_WINDOW_BYTES);
        Promise<Integer> bound = Promise.promise();
        int loops = Runtime.getRuntime().availableProcessors();
        return vertx.deployVerticle(() -> new EdgeVerticle(edges, options, bound),
                new DeploymentOptions().setInstances(loops)).onComplete(deployed)
                .compose(listening -> bound.future());
    }

    /**
     * Listens no more, and closes all connections: clients go elsewhere. To be called once, when it
     * has started.
     */
    public Future<Void> stop() {
        return deployed.future().compose(vertx::undeploy);
    }

    /**
     * What is served.
     *
     * @param requestBytesMax the largest message that gRPC takes
     */
    public record Edges(RecordLog log, HttpEdge http, int requestBytesMax,
            Supplier<Future<Boolean>> serving) {}

    private static final class EdgeVerticle extends VerticleBase {

        private final Edges edges;
        private final HttpServerOptions options;
        private final Promise<Integer> bound;

        EdgeVerticle(Edges edges, HttpServerOptions options, Promise<Integer> bound) {
            this.edges = edges;
            this.options = options;
            this.bound = bound;
        }

        @Override
        public Future<?> start() {
            GrpcEdge grpc = new GrpcEdge(vertx, edges.log(), edges.requestBytesMax(),
                    edges.serving());
            return vertx.createHttpServer(options)
                    .requestHandler(request -> route(request, grpc))
                    .invalidRequestHandler(HttpEdge.invalidRequestHandler())
                    .listen().onSuccess(server -> bound.tryComplete(server.actualPort()));
        }

        private void route(HttpServerRequest request, GrpcEdge grpc) {
            if (GrpcEdge.accepts(request)) {
                grpc.handle(request);
            } else {
                edges.http().router().handle(request);
            }
        }
    }
}
