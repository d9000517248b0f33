package io.cordwood.server;

import io.cordwood.groups.Groups;
import io.cordwood.kafka.Apis;
import io.cordwood.kafka.KafkaEdge;
import io.cordwood.kafka.KafkaSettings;
import io.cordwood.kafka.wire.Api;
import io.cordwood.kafka.wire.ConnectionBounds;
import io.cordwood.kafka.wire.Endpoint;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.FencedException;
import io.cordwood.runtime.LogException;
import io.cordwood.runtime.UnavailableException;
import io.cordwood.server.cluster.ClusterServer;
import io.cordwood.server.cluster.GrpcLines;
import io.cordwood.server.cluster.GrpcPeers;
import io.cordwood.server.cluster.ZonePeers;
import io.cordwood.server.http.Health;
import io.cordwood.server.http.HttpEdge;
import io.cordwood.server.http.HttpSettings;
import io.cordwood.server.http.PageBounds;
import io.cordwood.server.http.exchange.RequestBounds;
import io.cordwood.server.http.stream.StreamBounds;
import io.cordwood.server.node.BucketOpening;
import io.cordwood.server.node.Node;
import io.cordwood.server.node.NodeEnvironment;
import io.cordwood.server.node.TableSettings;
import io.cordwood.server.observe.Metrics;
import io.cordwood.server.observe.Metrics.LabelledValue;
import io.cordwood.server.settings.HostPort;
import io.cordwood.server.settings.ServerSettings;
import io.cordwood.server.settings.ServerSettings.BucketLocation;
import io.cordwood.server.settings.ServerSettings.LogFormat;
import io.cordwood.server.settings.Setting;
import io.cordwood.server.vertx.VertxEventLoop;
import io.cordwood.server.vertx.VertxStart;
import io.cordwood.server.vertx.VertxWorkers;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A server from its start to its end, as the process sees it: logs, signals, exit codes. */
final class ServerProcess {

    /** The exit code after another process took over: starting again would take over from it. */
    static final int EXIT_TAKEN_OVER = 3;

    private static final int EXIT_FAILED = 1;
    private static final int EXIT_BUG = 70;
    private static final long FETCH_BYTES_MIN = 1 << 20;
    private static final long FETCH_BYTES_MAX = 16 << 20;
    private static final int STORE_THREADS = 16;
    private static final int WAL_THREADS = 2;
    private static final int GROUP_THREADS = 2;
    private static final int STOP_SECONDS_MAX = 30;
    private static final int LEAVE_SECONDS_MAX = 5;

    /** How many groups and topics are shown: those that are behind most. */
    private static final int LAGS_MAX = 1_000;

    private final ServerSettings settings;
    private final Vertx vertx = VertxStart.standard();
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final AtomicInteger exitCode = new AtomicInteger();

    ServerProcess(ServerSettings settings) {
        this.settings = settings;
    }

    /** Runs until a signal, or until another process takes over. Returns the exit code. */
    int run() {
        Logging.configure(settings.logFormat());
        Logger log = LoggerFactory.getLogger(ServerProcess.class);
        Metrics metrics = new Metrics();
        metrics.watchProcess();
        try {
            EventLoop network = await(VertxEventLoop.start(vertx, ServerProcess::crash));
            ClusterServer others = await(clusterServer(network));
            Presentation presentation = Presentation.of(settings, others.port());
            Node node = await(open(metrics, network, others, presentation.nodesAddress()));
            HttpEdge http = httpEdge(node, metrics);
            EdgeServer edge = edgeServer(node, http);
            int port = await(listening(
                    edge.start(settings.http().host(), settings.http().port()), Setting.HTTP,
                    settings.http()));
            Groups groups = await(Groups.start(node.kafka(), node.brokers(),
                    new VertxWorkers(vertx, "groups", GROUP_THREADS)));
            metrics.gauges("cordwood.group.lag.records",
                    "How many records a group has yet to read, by the offsets that it has committed",
                    () -> lags(groups));
            KafkaEdge kafka = kafkaEdge(node, groups);
            int kafkaPort = await(listening(kafka.start(), Setting.KAFKA,
                    settings.kafka().listen()));
            node.stopped().onSuccess(reason -> stop(reason, log));
            await(node.join(presentation.member(node.process(), port, kafkaPort)));
            Runtime.getRuntime().addShutdownHook(new Thread(this::interrupted, "stop"));
            welcome(node, port, kafkaPort);
            stopping.await();
            log.info("Stopping: what is held is written to the bucket first");
            leave(node, log);
            http.close();
            await(node.close());
            await(Future.join(edge.stop(), kafka.stop()));
            groups.close();
            others.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (LogException reason) {
            log.error("The server cannot go on: {}", reason.getMessage());
            exitCode.set(EXIT_FAILED);
        } catch (TimeoutException | RuntimeException failure) {
            log.error("The server cannot go on: {}", failure.getMessage(), failure);
            exitCode.set(EXIT_FAILED);
        } finally {
            vertx.close();
            stopped.countDown();
        }
        return exitCode.get();
    }

    private Future<ClusterServer> clusterServer(EventLoop network) {
        HostPort address = settings.cluster().listen();
        return listening(ClusterServer.start(vertx, network, address.host(), address.port()),
                Setting.CLUSTER, address);
    }

    /** What cannot be listened on was set. */
    private static <T> Future<T> listening(Future<T> started, Setting setting, HostPort address) {
        return started.recover(failure -> Future.failedFuture(failure instanceof IOException
                ? new UnavailableException("it cannot listen on " + address + " ("
                        + failure.getMessage() + "): set '" + setting.key()
                        + "' to another address", failure)
                : failure));
    }

    /**
     * Opens the node.
     *
     * @param network a loop of Vert.x for what nodes say to each other
     * @param address where other nodes reach it
     */
    private Future<Node> open(Metrics metrics, EventLoop network, ClusterServer others,
            String address) {
        return VertxEventLoop.start(vertx, ServerProcess::crash).compose(loop -> {
            NodeEnvironment environment = new NodeEnvironment(loop,
                    new VertxWorkers(vertx, "store", STORE_THREADS),
                    new VertxWorkers(vertx, "wal", WAL_THREADS), new SecureRandom(),
                    UUID::randomUUID,
                    id -> new GrpcLines(vertx, new GrpcLines.Here(others, network, address), id,
                            loop));
            return BucketOpening
                    .open(settings, environment.storeWorkers(), environment.chance())
                    .compose(bucket -> Node.open(environment, settings, bucket, metrics));
        }).compose(node -> share(node, others));
    }

    /** Has the node share blocks with others of its zone, when it serves. */
    private Future<Node> share(Node node, ClusterServer others) {
        return VertxEventLoop.start(vertx, ServerProcess::crash).map(loop -> {
            others.share(node.store());
            node.store().share(new ZonePeers(() -> node.state().nodes(), node.process(),
                    new GrpcPeers(vertx, loop, node.cluster().id())::at));
            return node;
        });
    }

    private HttpEdge httpEdge(Node node, Metrics metrics) {
        HttpEdge http = new HttpEdge(vertx, node.log(), httpSettings(requestSizeMaxBytes()),
                () -> health(node), metrics::scrape);
        node.tables().ifPresent(tables -> http.serve(tables,
                TableSettings.of(settings).defaults()));
        metrics.gauge("cordwood.http.answers.bytes", "Bytes held for answers with records", http,
                HttpEdge::answerBytes);
        metrics.gauge("cordwood.http.tails.open", "Live tails that are open", http,
                HttpEdge::openTails);
        metrics.gauge("cordwood.http.replays.open", "Replays that are open", http,
                HttpEdge::openReplays);
        metrics.gauge("cordwood.http.tails.stalled", "Live tails that wait for their client", http,
                HttpEdge::stalledTails);
        return http;
    }

    private EdgeServer edgeServer(Node node, HttpEdge http) {
        return new EdgeServer(vertx, new EdgeServer.Edges(node.log(), http, requestSizeMaxBytes(),
                () -> Future.succeededFuture(!node.stopped().isComplete())));
    }

    private static List<LabelledValue> lags(Groups groups) {
        return groups.lags(LAGS_MAX).stream().map(lag -> new LabelledValue(
                Map.of("group", lag.group(), "topic", lag.topic()), lag.records())).toList();
    }

    private KafkaEdge kafkaEdge(Node node, Groups groups) {
        ServerSettings.Kafka kafka = settings.kafka();
        KafkaSettings edge = new KafkaSettings(endpoint(kafka.listen()),
                kafka.advertised().map(ServerProcess::endpoint),
                ConnectionBounds.of(requestSizeMaxBytes()), fetchSizeMaxBytes(),
                kafka.autoCreateTopics(), name(settings.bucket()));
        List<Api<?>> apis = new ArrayList<>(Apis.of(node.kafka(),
                node.brokers(), edge, groups.configs()));
        apis.addAll(groups.apis());
        return new KafkaEdge(vertx, apis, new RequestRoom(node.log()), edge);
    }

    private static Endpoint endpoint(HostPort address) {
        return new Endpoint(address.host(), address.port());
    }

    /** One fetch leaves room for others. */
    private int fetchSizeMaxBytes() {
        return (int) Math.clamp(settings.sizes().reads() / 4, FETCH_BYTES_MIN, FETCH_BYTES_MAX);
    }

    private int requestSizeMaxBytes() {
        return Math.toIntExact(settings.sizes().request());
    }

    private HttpSettings httpSettings(int requestSizeMax) {
        RequestBounds requests = RequestBounds.STANDARD;
        PageBounds pages = PageBounds.STANDARD;
        return new HttpSettings(
                new RequestBounds(requestSizeMax, requests.itemsMax(), requests.waitMax()),
                new PageBounds(pages.sizeMaxBytes(),
                        Math.max(pages.sizeMaxBytes(), settings.sizes().reads()),
                        pages.pollsMax(), pages.pollWaitMax(), pages.answerWaitMax()),
                StreamBounds.TAILS, StreamBounds.REPLAYS);
    }

    /** A promise that the code broke to itself: to go on would make it worse. */
    private static void crash(Throwable failure) {
        LoggerFactory.getLogger(ServerProcess.class).error("A bug, please report it", failure);
        if (failure instanceof Error) {
            Runtime.getRuntime().halt(EXIT_BUG);
        }
    }

    private static Health health(Node node) {
        return node.stopped().isComplete()
                ? new Health(List.of(node.stopped().result().getMessage()))
                : Health.OK;
    }

    private <T> T await(Future<T> future) throws TimeoutException {
        return future.await(5, TimeUnit.MINUTES);
    }

    /** What it holds is written whether the others can be told or not. */
    private static void leave(Node node, Logger log) {
        try {
            node.leave().await(LEAVE_SECONDS_MAX, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            log.warn("Others could not be told that this node leaves: they notice within seconds");
        }
    }

    private void stop(LogException reason, Logger log) {
        log.error("This server stops: {}. What it acknowledged is in the bucket",
                reason.getMessage());
        exitCode.set(reason instanceof FencedException ? EXIT_TAKEN_OVER : EXIT_FAILED);
        stopping.countDown();
    }

    /** Holds the virtual machine until the node has stopped, but not for ever. */
    private void interrupted() {
        stopping.countDown();
        try {
            if (!stopped.await(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
                System.err.println("Not everything was written in time; it was not acknowledged, "
                        + "and the next start on the same local directory finishes it.");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void welcome(Node node, int port, int kafkaPort) {
        if (settings.logFormat() == LogFormat.JSON) {
            return;
        }
        String address = settings.http().host() + ":" + port;
        System.out.println("Cordwood is ready.");
        System.out.println("  bucket   " + name(settings.bucket()) + " (cluster "
                + node.cluster().id() + ")");
        System.out.println("  address  http://" + address + " (HTTP and gRPC)");
        System.out.println("  kafka    " + settings.kafka().listen().host() + ":" + kafkaPort);
        System.out.println("  try      ./cordwood topics create hello");
    }

    private static String name(BucketLocation bucket) {
        return switch (bucket) {
            case BucketLocation.Folder folder -> "file:" + folder.path();
            case BucketLocation.S3 s3 -> "s3://" + s3.bucket() + "/" + s3.prefix();
        };
    }
}
