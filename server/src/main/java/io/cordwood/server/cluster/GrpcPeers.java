package io.cordwood.server.cluster;

import io.cordwood.cache.Peers;
import io.cordwood.runtime.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.http.Http2Settings;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.grpc.client.GrpcClient;
import io.vertx.grpc.client.GrpcClientOptions;
import java.util.UUID;

/**
 * The nodes whose {@link ClusterServer}s are asked for blocks, over one connection to each. A
 * connection that is not used for a minute is closed.
 */
public final class GrpcPeers {

    /** What may arrive of one answer, and of all, before it is looked at. */
    private static final int STREAM_WINDOW_BYTES = SharedRange.LENGTH_MAX;
    private static final int CONNECTION_WINDOW_BYTES = 4 * STREAM_WINDOW_BYTES;

    private final GrpcClient client;
    private final EventLoop loop;
    private final UUID cluster;

    /**
     * Nobody called yet.
     *
     * @param loop of Vert.x, on which answers are unpacked: lines would wait behind them on theirs
     * @param cluster that all of them belong to
     */
    public GrpcPeers(Vertx vertx, EventLoop loop, UUID cluster) {
        this.client = GrpcClient.client(vertx,
                new GrpcClientOptions().setMaxMessageSize(SharedRange.LENGTH_MAX + (1L << 10)),
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2)
                        .setHttp2ClearTextUpgrade(false).setConnectTimeout(
                                (int) PatientPeer.ANSWER_MAX.toMillis())
                        .setInitialSettings(new Http2Settings()
                                .setInitialWindowSize(STREAM_WINDOW_BYTES))
                        .setHttp2ConnectionWindowSize(CONNECTION_WINDOW_BYTES));
        this.loop = loop;
        this.cluster = cluster;
    }

    /** The node at an address, HOST:PORT. */
    public Peers.Peer at(String address) {
        return new PatientPeer(loop, "The node at " + address,
                new GrpcPeer(client, cluster, address));
    }
}
