package io.cordwood.server.cluster;

import io.cordwood.cache.CachingObjectStore;
import io.cordwood.cluster.FromCommitter;
import io.cordwood.cluster.Line;
import io.cordwood.cluster.LineEnd;
import io.cordwood.cluster.ToCommitter;
import io.cordwood.runtime.EventLoop;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.grpc.common.GrpcHeaderNames;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import io.vertx.grpc.server.GrpcProtocol;
import io.vertx.grpc.server.GrpcServer;
import io.vertx.grpc.server.GrpcServerOptions;
import io.vertx.grpc.server.GrpcServerRequest;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where other nodes call this one: the service {@code cordwood.cluster.v1.Cluster}, on an address
 * of its own. It listens before the node is open, for the node is known by the port; until it is
 * told whose lines it serves, calls are refused.
 */
public final class ClusterServer {

    static final ServiceName SERVICE = ServiceName.create("cordwood.cluster.v1.Cluster");
    static final String ATTEND = "Attend";
    static final String READ = "Read";

    /** The header that says which cluster the caller belongs to. */
    static final String CLUSTER = "cordwood-cluster";

    /** How much of a call that is not read may arrive all the same. */
    static final int STREAM_WINDOW_BYTES = 4 << 20;

    static final int CONNECTION_WINDOW_BYTES = 2 * STREAM_WINDOW_BYTES;

    private static final String IDENTITY = "identity";

    private static final Logger LOG = LoggerFactory.getLogger(ClusterServer.class);

    private final EventLoop network;
    private final GrpcServer grpc;
    private final HttpServer http;
    private Optional<Served> served = Optional.empty();
    private Optional<ReadAnswers> reads = Optional.empty();

    private ClusterServer(Vertx vertx, EventLoop network, HttpServerOptions options) {
        this.network = network;
        this.grpc = GrpcServer.server(vertx, grpcOptions());
        this.http = vertx.createHttpServer(options).requestHandler(this::handle)
                .connectionHandler(connection -> connection.exceptionHandler(failure -> LOG
                        .debug("A connection of another node is broken", failure)));
        method(ATTEND, this::attend);
        method(READ, this::read);
    }

    private static GrpcServerOptions grpcOptions() {
        GrpcServerOptions options = new GrpcServerOptions()
                .setMaxMessageSize(ClusterMessages.SIZE_MAX);
        for (GrpcProtocol protocol : GrpcProtocol.values()) {
            options.removeEnabledProtocol(protocol);
        }
        return options.addEnabledProtocol(GrpcProtocol.HTTP_2);
    }

    /**
     * Listens on an address.
     *
     * @param network a loop of Vert.x, on which messages are packed and unpacked: not the node's
     * @param port 0 to let the system choose
     * @return fails when the address cannot be listened on
     */
    public static Future<ClusterServer> start(Vertx vertx, EventLoop network, String host,
            int port) {
        HttpServerOptions options = new HttpServerOptions().setHost(host).setPort(port)
                .setInitialSettings(new Http2Settings().setInitialWindowSize(STREAM_WINDOW_BYTES))
                .setHttp2ConnectionWindowSize(CONNECTION_WINDOW_BYTES);
        return network.submit(() -> {
            ClusterServer server = new ClusterServer(vertx, network, options);
            return server.http.listen().map(server);
        });
    }

    /** The port that it listens on. */
    public int port() {
        return http.actualPort();
    }

    /**
     * Serves the lines of other nodes of a cluster from now on.
     *
     * @param cluster that this node belongs to, by the identity of its bucket
     * @param ends gives the end of a line that was opened; called on the loop
     * @param loop of the node
     */
    public void serve(UUID cluster, Function<Line<FromCommitter>, LineEnd<ToCommitter>> ends,
            EventLoop loop) {
        network.execute(() -> served = Optional.of(new Served(cluster, ends, loop)));
    }

    /** Nodes of the same cluster may read what is remembered here from now on. */
    public void share(CachingObjectStore store) {
        network.execute(() -> reads = Optional.of(new ReadAnswers(network, store)));
    }

    /** Listens no more. The lines that there are break. */
    public Future<Void> close() {
        return network.submit(http::close);
    }

    /** Adds a method, of which those calls are carried out that are of this cluster. */
    private void method(String name, Consumer<Accepted> carryOut) {
        ServiceMethod<Buffer, Buffer> method = ServiceMethod.server(SERVICE, name,
                GrpcMessageEncoder.IDENTITY, GrpcMessageDecoder.IDENTITY);
        grpc.callHandler(method, call -> accept(call).ifPresent(carryOut));
    }

    private void handle(HttpServerRequest request) {
        if (!request.headers().contains(GrpcHeaderNames.GRPC_ENCODING)) {
            // Without it the library throws at a message that says it is compressed.
            request.headers().set(GrpcHeaderNames.GRPC_ENCODING, IDENTITY);
        }
        grpc.handle(request);
    }

    private Optional<Accepted> accept(GrpcServerRequest<Buffer, Buffer> call) {
        if (served.isEmpty()) {
            refuse(call, GrpcStatus.UNAVAILABLE, "this node is not open yet: try again");
            return Optional.empty();
        }
        String ours = served.get().cluster().toString();
        String theirs = Optional.ofNullable(call.headers().get(CLUSTER)).orElse("none");
        if (!theirs.equals(ours)) {
            refuse(call, GrpcStatus.FAILED_PRECONDITION, "this node belongs to the cluster "
                    + ours + ", and the one that calls to " + theirs);
            return Optional.empty();
        }
        return Optional.of(new Accepted(call, served.get()));
    }

    static void refuse(GrpcServerRequest<Buffer, Buffer> call, GrpcStatus status,
            String message) {
        call.response().status(status).statusMessage(message).end();
    }

    private void read(Accepted accepted) {
        reads.ifPresentOrElse(answers -> answers.take(accepted.call()),
                () -> refuse(accepted.call(), GrpcStatus.UNAVAILABLE,
                        "this node shares nothing yet: try again"));
    }

    /** The end of the line is told nothing before it is there: both are brought to the loop. */
    private void attend(Accepted accepted) {
        GrpcServerRequest<Buffer, Buffer> call = accepted.call();
        Served to = accepted.to();
        CallLine<FromCommitter, ToCommitter> line = new CallLine<>(ClusterMessages.OF_COMMITTER,
                network, to.loop(), call.connection()::close);
        to.loop().execute(() -> line.begin(to.ends().apply(line)));
        line.wire().speak(call.response());
        line.wire().hear(call);
    }

    /** Whose lines are served. */
    private record Served(UUID cluster, Function<Line<FromCommitter>, LineEnd<ToCommitter>> ends,
            EventLoop loop) {}

    /** A call of a node of this cluster. */
    private record Accepted(GrpcServerRequest<Buffer, Buffer> call, Served to) {}
}
