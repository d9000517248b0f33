package io.cordwood.bench;

import io.cordwood.runtime.EventLoop;
import io.cordwood.server.EdgeServer;
import io.cordwood.server.http.Health;
import io.cordwood.server.http.HttpEdge;
import io.cordwood.server.http.HttpSettings;
import io.cordwood.server.node.Node;
import io.cordwood.server.node.NodeEnvironment;
import io.cordwood.server.observe.Metrics;
import io.cordwood.server.settings.ServerSettings;
import io.cordwood.server.settings.Setting;
import io.cordwood.server.settings.SettingsSources;
import io.cordwood.server.vertx.VertxEventLoop;
import io.cordwood.server.vertx.VertxWorkers;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;

/** A node in this process over a store of the scenario's making, served over HTTP and gRPC. */
final class BenchNode implements AutoCloseable {

    private static final int STORE_THREADS = 16;
    private static final int WAL_THREADS = 2;
    private static final int REQUEST_SIZE_MAX = 8 << 20;

    private final Vertx vertx;
    private final Node node;
    private final int port;

    private BenchNode(Vertx vertx, Node node, int port) {
        this.vertx = vertx;
        this.node = node;
        this.port = port;
    }

    /** Starts a node on a local directory of its own. */
    static BenchNode start(Function<EventLoop, ObjectStore> bucket) throws IOException {
        Path local = Files.createTempDirectory("cordwood-bench");
        ServerSettings settings = new SettingsSources()
                .flags(Map.of(Setting.LOCAL, local.toString(), Setting.CACHE_DISK, "0"))
                .resolve(Runtime.getRuntime().maxMemory());
        Vertx vertx = Vertx.vertx();
        EventLoop loop = VertxEventLoop.start(vertx, Throwable::printStackTrace).await();
        NodeEnvironment environment = new NodeEnvironment(loop,
                new VertxWorkers(vertx, "store", STORE_THREADS),
                new VertxWorkers(vertx, "wal", WAL_THREADS), new Random(1), UUID::randomUUID);
        Metrics metrics = new Metrics();
        Node node = Node.open(environment, settings, bucket.apply(loop), metrics).await();
        HttpEdge http = new HttpEdge(vertx, node.log(), HttpSettings.STANDARD, () -> Health.OK,
                metrics::scrape);
        int port = new EdgeServer(vertx, new EdgeServer.Edges(node.log(), http, REQUEST_SIZE_MAX,
                () -> Future.succeededFuture(true))).start("127.0.0.1", 0).await();
        return new BenchNode(vertx, node, port);
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        node.close().await();
        vertx.close().await();
    }
}
