package io.cordwood.server.cluster;

import io.cordwood.cluster.FromCommitter;
import io.cordwood.cluster.Line;
import io.cordwood.cluster.LineEnd;
import io.cordwood.cluster.Lines;
import io.cordwood.cluster.ToCommitter;
import io.cordwood.runtime.EventLoop;
import io.cordwood.server.settings.HostPort;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
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
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lines to the {@link ClusterServer}s of other nodes. Each is a call on a connection of its own,
 * which ends with it: so nothing is left of a line to a node that is gone without a word, and the
 * next one does not wait behind it. Confined to the node's loop.
 */
public final class GrpcLines implements Lines {

    /** Shorter than the committer may be silent. */
    private static final int CONNECT_MILLIS_MAX = 1_000;

    private static final ServiceMethod<Buffer, Buffer> ATTEND = ServiceMethod.client(
            ClusterServer.SERVICE, ClusterServer.ATTEND, GrpcMessageEncoder.IDENTITY,
            GrpcMessageDecoder.IDENTITY);
    private static final Logger LOG = LoggerFactory.getLogger(GrpcLines.class);

    private final Vertx vertx;
    private final Here here;
    private final EventLoop network;
    private final UUID cluster;
    private final EventLoop loop;

    /**
     * The lines of a node.
     *
     * @param here where lines to this node arrive
     * @param cluster that the node belongs to, by the identity of its bucket
     * @param loop of the node
     */
    public GrpcLines(Vertx vertx, Here here, UUID cluster, EventLoop loop) {
        this.vertx = vertx;
        this.here = here;
        this.network = here.network();
        this.cluster = cluster;
        this.loop = loop;
    }

    @Override
    public String address() {
        return here.address();
    }

    @Override
    public void serve(Function<Line<FromCommitter>, LineEnd<ToCommitter>> ends) {
        here.server().serve(cluster, ends, loop);
    }

    /**
     * {@inheritDoc}
     *
     * <p>The call begins with the first message. An address that means nothing is one where nobody
     * is.
     *
     * @param address HOST:PORT
     */
    @Override
    public Line<ToCommitter> open(String address, LineEnd<FromCommitter> end) {
        GrpcClient client = client();
        CallLine<ToCommitter, FromCommitter> line = new CallLine<>(ClusterMessages.OF_ATTENDANT,
                network, loop, client::close);
        line.begin(end);
        network.execute(() -> connect(client, address, line.wire()));
        return line;
    }

    private GrpcClient client() {
        return GrpcClient.client(vertx,
                new GrpcClientOptions().setMaxMessageSize(ClusterMessages.SIZE_MAX),
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false).setConnectTimeout(CONNECT_MILLIS_MAX)
                        .setInitialSettings(new Http2Settings()
                                .setInitialWindowSize(ClusterServer.STREAM_WINDOW_BYTES))
                        .setHttp2ConnectionWindowSize(ClusterServer.CONNECTION_WINDOW_BYTES));
    }

    private void connect(GrpcClient client, String address, Wire<FromCommitter> wire) {
        Future.<Void>succeededFuture().compose(nothing -> {
            HostPort there = HostPort.parse(address);
            return client.request(SocketAddress.inetSocketAddress(there.port(), there.host()),
                    ATTEND);
        }).onSuccess(call -> call(call, address, wire))
                .onFailure(failure -> wire.end(failure.toString()));
    }

    private void call(GrpcClientRequest<Buffer, Buffer> call, String address,
            Wire<FromCommitter> wire) {
        call.connection().exceptionHandler(failure -> wire.end(failure.toString()));
        call.headers().set(ClusterServer.CLUSTER, cluster.toString());
        call.response().onSuccess(response -> answered(response, address, wire))
                .onFailure(failure -> wire.end(failure.toString()));
        wire.speak(call);
    }

    private void answered(GrpcClientResponse<Buffer, Buffer> response, String address,
            Wire<FromCommitter> wire) {
        Optional<GrpcStatus> refused = Optional.ofNullable(response.status());
        refused.ifPresentOrElse(status -> {
            if (status != GrpcStatus.UNAVAILABLE) {
                LOG.warn("The node at {} takes no calls of this one: {} ({})", address,
                        response.statusMessage(), status.name());
            }
            wire.end("it was refused: " + status.name());
        }, () -> wire.hear(response));
    }

    /**
     * Where lines to this node arrive.
     *
     * @param network a loop of Vert.x, on which messages are packed and unpacked: not the node's
     * @param address HOST:PORT that others connect to
     */
    public record Here(ClusterServer server, EventLoop network, String address) {}
}
