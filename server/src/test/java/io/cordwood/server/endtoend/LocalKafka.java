package io.cordwood.server.endtoend;

import io.cordwood.cluster.Lines;
import io.cordwood.groups.Groups;
import io.cordwood.groups.offsets.GroupLag;
import io.cordwood.kafka.Apis;
import io.cordwood.kafka.KafkaEdge;
import io.cordwood.kafka.KafkaSettings;
import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.kafka.wire.Api;
import io.cordwood.kafka.wire.ConnectionBounds;
import io.cordwood.kafka.wire.Endpoint;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.Workers;
import io.cordwood.server.RequestRoom;
import io.cordwood.server.log.RecordLog;
import io.cordwood.server.node.Node;
import io.cordwood.server.node.NodeEnvironment;
import io.cordwood.server.observe.Metrics;
import io.cordwood.server.settings.ServerSettings;
import io.cordwood.server.settings.Setting;
import io.cordwood.server.settings.SettingsSources;
import io.cordwood.server.vertx.VertxEventLoop;
import io.cordwood.server.vertx.VertxStart;
import io.cordwood.server.vertx.VertxWorkers;
import io.cordwood.store.object.memory.MemoryObjectStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** A node in this process that speaks Kafka, whose manifest a test can get at. */
final class LocalKafka implements AutoCloseable {

    private final Vertx vertx = VertxStart.standard();
    private final Node node;
    private final Groups groups;
    private final KafkaEdge edge;
    private final int port;

    /** Starts a node on a local directory. */
    LocalKafka(Path local) {
        this(local, workers -> workers);
    }

    /**
     * Starts a node on a local directory.
     *
     * @param forGroups what the groups take for the node's workers
     */
    LocalKafka(Path local, UnaryOperator<Workers> forGroups) {
        this(environment -> Node.open(environment, settings(local),
                new MemoryObjectStore(environment.loop()::now), new Metrics()), forGroups);
    }

    /** Starts a node that is opened otherwise. */
    LocalKafka(Function<NodeEnvironment, Future<Node>> opening,
            UnaryOperator<Workers> forGroups) {
        EventLoop loop = VertxEventLoop.start(vertx, Throwable::printStackTrace).await();
        VertxWorkers workers = new VertxWorkers(vertx, "workers", 2);
        node = opening.apply(new NodeEnvironment(loop, workers, workers, new Random(1),
                UUID::randomUUID, id -> Lines.toNobody(loop))).await();
        groups = Groups.start(node.kafka(), node.brokers(), forGroups.apply(workers)).await();
        edge = edge();
        port = edge.start().await();
    }

    private static ServerSettings settings(Path local) {
        return new SettingsSources()
                .flags(Map.of(Setting.LOCAL, local.toString(), Setting.CACHE_DISK, "0"))
                .resolve(Runtime.getRuntime().maxMemory());
    }

    private KafkaEdge edge() {
        KafkaSettings settings = new KafkaSettings(new Endpoint("127.0.0.1", 0),
                Optional.empty(), ConnectionBounds.of(1 << 20), 1 << 20, true, "memory");
        List<Api<?>> apis = new ArrayList<>(Apis.of(node.kafka(),
                node.brokers(), settings, groups.configs()));
        apis.addAll(groups.apis());
        return new KafkaEdge(vertx, apis, new RequestRoom(node.log()), settings);
    }

    KafkaClients clients() {
        return new KafkaClients(address());
    }

    /** HOST:PORT. */
    String address() {
        return "127.0.0.1:" + port;
    }

    Node node() {
        return node;
    }

    Vertx vertx() {
        return vertx;
    }

    List<GroupLag> lags(int countMax) {
        return groups.lags(countMax);
    }

    KafkaLog log() {
        return node.kafka();
    }

    /** The log as the other edges see it. */
    RecordLog records() {
        return node.log();
    }

    /** Closes all connections, and takes no more. */
    void stopListening() {
        edge.stop().await();
    }

    @Override
    public void close() {
        groups.close();
        node.close().await();
        vertx.close().await();
    }
}
