package io.cordwood.server.cli.client;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import com.google.protobuf.Message;
import io.cordwood.server.grpc.proto.FetchRequest;
import io.cordwood.server.grpc.proto.FetchResponse;
import io.cordwood.server.vertx.VertxStart;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.SocketAddress;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import io.vertx.grpc.client.GrpcClientRequest;
import io.vertx.grpc.common.GrpcStatus;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A connection to a server, made when it is first used and again when it broke. */
public final class LogConnection implements AutoCloseable {

    private static final long ANSWER_SECONDS = 60;
    private static final int CONNECT_MILLIS = 5_000;
    private static final int MESSAGE_BYTES_MAX = 80 << 20;
    private static final int STREAM_WINDOW_BYTES = 1 << 20;
    private static final int CONNECTION_WINDOW_BYTES = 128 << 20;

    private final ServerAddress server;
    private final Vertx vertx;
    private final GrpcClient client;

    /** Connects to nothing yet. */
    public LogConnection(ServerAddress server) {
        this.server = server;
        this.vertx = VertxStart.with(new VertxOptions().setEventLoopPoolSize(1));
        this.client = GrpcClient.client(vertx,
                new GrpcClientOptions().setMaxMessageSize(MESSAGE_BYTES_MAX),
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false).setConnectTimeout(CONNECT_MILLIS)
                        .setInitialSettings(new Http2Settings()
                                .setInitialWindowSize(STREAM_WINDOW_BYTES))
                        // A reader that is held back must not hold back the others.
                        .setHttp2ConnectionWindowSize(CONNECTION_WINDOW_BYTES));
    }

    /** Asks, and returns the answer. Throws {@link CallException} when there is none. */
    public <Q extends Message, A extends Message> A ask(Rpc<Q, A> rpc, Q question) {
        GrpcClientRequest<Q, A> call = open(rpc);
        call.timeout(ANSWER_SECONDS, TimeUnit.SECONDS);
        try (MessageReader<A> reader = new MessageReader<>(call, 1)) {
            call.end(question);
            return reader.next().orElseThrow(() -> new CallException.Refused(GrpcStatus.INTERNAL,
                    "the server " + server + " ended the call without an answer"));
        }
    }

    /** Begins to read. */
    public MessageReader<FetchResponse> fetch(FetchRequest request, int messagesAhead) {
        GrpcClientRequest<FetchRequest, FetchResponse> call = open(Rpc.FETCH);
        MessageReader<FetchResponse> reader = new MessageReader<>(call, messagesAhead);
        call.end(request);
        return reader;
    }

    /** Opens a stream to produce to. */
    public ProduceStream produce() {
        return new ProduceStream(vertx, open(Rpc.PRODUCE_STREAM));
    }

    /** Lets so much time pass. */
    public void pause(Duration time) {
        vertx.timer(time.toMillis(), MILLISECONDS).await();
    }

    public ServerAddress server() {
        return server;
    }

    private <Q extends Message, A extends Message> GrpcClientRequest<Q, A> open(Rpc<Q, A> rpc) {
        return client.<Q, A>request(SocketAddress.inetSocketAddress(server.port(), server.host()),
                rpc.method()).recover(
                        reason -> Future.failedFuture(
                                new CallException.Unreachable("nobody answers at " + server + ": "
                                        + reason.getMessage(), reason)))
                // What breaks the connection is told by the calls: it need not be logged as well.
                .onSuccess(call -> call.connection().exceptionHandler(reason -> {}))
                .await();
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
