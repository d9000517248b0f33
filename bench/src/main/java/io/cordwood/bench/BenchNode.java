package io.cordwood.bench;

import io.cordwood.cluster.Lines;
import io.cordwood.indexer.IndexerStatistics;
import io.cordwood.kafka.Apis;
import io.cordwood.kafka.KafkaEdge;
import io.cordwood.kafka.KafkaSettings;
import io.cordwood.kafka.configs.GroupConfigs;
import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.wire.ConnectionBounds;
import io.cordwood.kafka.wire.Endpoint;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.Workers;
import io.cordwood.server.EdgeServer;
import io.cordwood.server.RequestRoom;
import io.cordwood.server.cli.client.ServerAddress;
import io.cordwood.server.http.Health;
import io.cordwood.server.http.HttpEdge;
import io.cordwood.server.http.HttpSettings;
import io.cordwood.server.node.Node;
import io.cordwood.server.node.NodeEnvironment;
import io.cordwood.server.node.NodeSettings;
import io.cordwood.server.node.NodeStorage;
import io.cordwood.server.observe.Metrics;
import io.cordwood.server.settings.ServerSettings;
import io.cordwood.server.settings.Setting;
import io.cordwood.server.settings.SettingsSources;
import io.cordwood.server.vertx.VertxEventLoop;
import io.cordwood.server.vertx.VertxStart;
import io.cordwood.server.vertx.VertxWorkers;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** A node in this process over a store of the scenario's making, served over all protocols. */
final class BenchNode implements AutoCloseable {

    private static final int STORE_THREADS = 16;
    private static final int WAL_THREADS = 2;
    private static final int REQUEST_SIZE_MAX = 8 << 20;
    private static final String HOST = "127.0.0.1";

    private final Vertx vertx;
    private final Node node;
    private final ServerAddress address;
    private final int kafkaPort;
    private final Scratch local;

    private BenchNode(Vertx vertx, Node node, Ports ports, Scratch local) {
        this.vertx = vertx;
        this.node = node;
        this.address = new ServerAddress(HOST, ports.http());
        this.kafkaPort = ports.kafka();
        this.local = local;
    }

    /** Starts a node on a local directory of its own, without a cache on disk. */
    static BenchNode start(Bucket bucket) throws IOException {
        return start(bucket, settings -> settings);
    }

    /** The same, with other settings than a server would give it. */
    static BenchNode start(Bucket bucket, UnaryOperator<NodeSettings> change)
            throws IOException {
        Scratch local = Scratch.create();
        ServerSettings settings = new SettingsSources()
                .flags(Map.of(Setting.LOCAL, local.path("local").toString(), Setting.CACHE_DISK,
                        "0"))
                .resolve(Runtime.getRuntime().maxMemory());
        Vertx vertx = VertxStart.standard();
        EventLoop loop = VertxEventLoop.start(vertx, Throwable::printStackTrace).await();
        NodeEnvironment environment = new NodeEnvironment(loop,
                new VertxWorkers(vertx, "store", STORE_THREADS),
                new VertxWorkers(vertx, "wal", WAL_THREADS), new Random(1), UUID::randomUUID,
                id -> Lines.toNobody(loop));
        Metrics metrics = new Metrics();
        ObjectStore store = bucket.open(loop, environment.storeWorkers());
        NodeStorage storage = loop.submit(() -> NodeStorage.open(environment, settings, store))
                .await();
        Node node = Node.open(environment, storage, change.apply(NodeSettings.of(settings)))
                .await();
        HttpEdge http = new HttpEdge(vertx, node.log(), HttpSettings.STANDARD, () -> Health.OK,
                metrics::scrape);
        int port = new EdgeServer(vertx, new EdgeServer.Edges(node.log(), http, REQUEST_SIZE_MAX,
                () -> Future.succeededFuture(true))).start(HOST, 0).await();
        return new BenchNode(vertx, node, new Ports(port, kafkaEdge(vertx, node).start().await()),
                local);
    }

    /** Without groups. */
    private static KafkaEdge kafkaEdge(Vertx vertx, Node node) {
        KafkaSettings settings = new KafkaSettings(new Endpoint(HOST, 0), Optional.empty(),
                ConnectionBounds.of(REQUEST_SIZE_MAX), REQUEST_SIZE_MAX, true, "memory");
        return new KafkaEdge(vertx, Apis.of(node.kafka(),
                node.brokers(), settings, GroupConfigs.NONE),
                new RequestRoom(node.log()), settings);
    }

    /** Where Kafka clients connect to, HOST:PORT. */
    String kafka() {
        return HOST + ":" + kafkaPort;
    }

    /** The log, as the Kafka edge sees it. */
    KafkaLog log() {
        return node.kafka();
    }

    /** The manifest as it is now. */
    ManifestState state() {
        return node.state();
    }

    /** What is done behind the data path. */
    IndexerStatistics indexer() {
        return node.indexer();
    }

    ServerAddress address() {
        return address;
    }

    @Override
    public void close() throws IOException {
        node.close().await();
        vertx.close().await();
        local.close();
    }

    private record Ports(int http, int kafka) {}

    /** Makes the store of a node. */
    @FunctionalInterface
    interface Bucket {

        /**
         * Opens the store.
         *
         * @param loop of the node, for stores that take their time
         * @param workers of the node, for stores that block
         */
        ObjectStore open(EventLoop loop, Workers workers);
    }
}
