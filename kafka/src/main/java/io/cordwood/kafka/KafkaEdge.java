package io.cordwood.kafka;

import io.cordwood.kafka.wire.Api;
import io.cordwood.kafka.wire.ApiTable;
import io.cordwood.kafka.wire.Connection;
import io.cordwood.kafka.wire.Room;
import io.cordwood.kafka.wire.Service;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServerOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The Kafka protocol on an address of its own; the event loops share the connections. */
public final class KafkaEdge {

    /** To Vert.x, a port that the system chooses once for all servers that ask for this number. */
    private static final int ANY_PORT = -9;

    private static final int SOCKET_BUFFER_BYTES = 1 << 20;

    /** After so long without a byte, a client is gone; Kafka waits as long. */
    static final int IDLE_MINUTES_MAX = 10;

    private final Vertx vertx;
    private final Service service;
    private final KafkaSettings settings;
    private final Promise<String> deployed = Promise.promise();

    /** An edge that does not listen yet. */
    public KafkaEdge(Vertx vertx, List<Api<?>> apis, Room room, KafkaSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.service = new Service(new ApiTable(apis), room, settings.bounds(),
                settings.advertised());
    }

    /**
     * Listens, on as many event loops as there are processors.
     *
     * @return the port; fails when the address cannot be listened on
     */
    public Future<Integer> start() {
        int port = settings.listen().port();
        NetServerOptions options = new NetServerOptions().setHost(settings.listen().host())
                .setPort(port == 0 ? ANY_PORT : port)
                .setTcpNoDelay(true)
                .setReceiveBufferSize(SOCKET_BUFFER_BYTES)
                .setSendBufferSize(SOCKET_BUFFER_BYTES)
                .setIdleTimeout(IDLE_MINUTES_MAX)
                .setIdleTimeoutUnit(TimeUnit.MINUTES);
        Promise<Integer> bound = Promise.promise();
        int loops = Runtime.getRuntime().availableProcessors();
        return vertx.deployVerticle(() -> new Listener(service, options, bound),
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

    private static final class Listener extends VerticleBase {

        private final Service service;
        private final NetServerOptions options;
        private final Promise<Integer> bound;

        Listener(Service service, NetServerOptions options, Promise<Integer> bound) {
            this.service = service;
            this.options = options;
            this.bound = bound;
        }

        @Override
        public Future<?> start() {
            return vertx.createNetServer(options)
                    .connectHandler(socket -> Connection.serve(socket, service))
                    .listen().onSuccess(server -> bound.tryComplete(server.actualPort()));
        }
    }
}
