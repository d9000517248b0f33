package io.cordwood.server.grpc;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.protobuf.MessageLite;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.client.GrpcClientResponse;
import io.vertx.grpc.common.GrpcMessageDecoder;
import io.vertx.grpc.common.GrpcMessageEncoder;
import io.vertx.grpc.common.GrpcStatus;
import io.vertx.grpc.common.ServiceMethod;
import io.vertx.grpc.common.ServiceName;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A server with the gRPC edge on a port of its own, and a client of it. */
public final class EdgeServer implements AutoCloseable {

    /** The largest message that it takes. */
    public static final int MESSAGE_BYTES_MAX = 1 << 20;

    private final Vertx vertx = Vertx.vertx();
    private final ScriptedLog log = new ScriptedLog();
    private final int port;
    private final GrpcClient client;
    private final Queue<HttpConnection> connections = new ConcurrentLinkedQueue<>();
    private volatile boolean serving = true;

    public EdgeServer() {
        GrpcEdge edge = new GrpcEdge(vertx, log, MESSAGE_BYTES_MAX,
                () -> Future.succeededFuture(serving));
        this.port = vertx.createHttpServer(GrpcEdge.withWindows(
                new HttpServerOptions().setHost("127.0.0.1").setPort(0)))
                .connectionHandler(connection -> {
                    connection.exceptionHandler(expected -> {});
                    connections.add(connection);
                })
                .requestHandler(request -> {
                    if (GrpcEdge.accepts(request)) {
                        edge.handle(request);
                    } else {
                        request.response().setStatusCode(404).end();
                    }
                }).listen().await().actualPort();
        this.client = GrpcClient.client(vertx, new GrpcClientOptions().setMaxMessageSize(64 << 20),
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false)
                        .setHttp2ConnectionWindowSize(16 << 20));
    }

    public Vertx vertx() {
        return vertx;
    }

    public ScriptedLog log() {
        return log;
    }

    public int port() {
        return port;
    }

    /** Breaks all connections that there are; new ones are taken. */
    public void breakConnections() {
        for (HttpConnection connection : connections) {
            connection.close().await();
        }
    }

    void stopServing() {
        serving = false;
    }

    /** Begins a call of a method of the log. */
    <Q extends MessageLite, A extends MessageLite> GrpcClientRequest<Q, A> call(String method,
            A answer) {
        return call(ServiceName.create("cordwood.v1.Log"), method, answer);
    }

    <Q extends MessageLite, A extends MessageLite> GrpcClientRequest<Q, A> call(ServiceName service,
            String method, A answer) {
        ServiceMethod<A, Q> rpc = ServiceMethod.client(service, method,
                GrpcMessageEncoder.encoder(), decoder(answer));
        return client.<Q, A>request(SocketAddress.inetSocketAddress(port, "127.0.0.1"), rpc)
                .await();
    }

    /** Makes a whole call that sends one message, and collects what comes. */
    <A extends MessageLite> Ending<A> ask(String method, MessageLite question, A answer) {
        return ask(this.<MessageLite, A>call(method, answer), question).await();
    }

    /** Sends the only message of a call, and collects what comes. */
    static <Q, A> Future<Ending<A>> ask(GrpcClientRequest<Q, A> call, Q question) {
        Future<Ending<A>> ending = collect(call);
        call.end(question);
        return ending;
    }

    /** Collects what comes. Called before anything is sent, so that nothing is missed. */
    static <Q, A> Future<Ending<A>> collect(GrpcClientRequest<Q, A> call) {
        return call.response().compose(arrived -> {
            List<A> answers = new ArrayList<>();
            arrived.handler(answers::add);
            return arrived.end().otherwiseEmpty().map(ended -> new Ending<>(arrived.status(),
                    message(arrived), answers));
        });
    }

    private static String message(GrpcClientResponse<?, ?> response) {
        String inTrailers = response.trailers().get("grpc-message");
        return inTrailers == null
                ? String.valueOf(response.statusMessage())
                : URLDecoder.decode(inTrailers.replace("+", "%2B"), UTF_8);
    }

    private static <A extends MessageLite> GrpcMessageDecoder<A> decoder(A answer) {
        return GrpcMessageDecoder.decoder((com.google.protobuf.MessageOrBuilder) answer);
    }

    @Override
    public void close() {
        vertx.close().await();
    }

    /** How a call ended. */
    record Ending<A>(GrpcStatus status, String message, List<A> answers) {}
}
