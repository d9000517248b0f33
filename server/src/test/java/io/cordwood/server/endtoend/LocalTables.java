package io.cordwood.server.endtoend;

import io.cordwood.indexer.IndexerSettings;
import io.cordwood.indexer.collect.CollectSettings;
import io.cordwood.indexer.compact.CompactionSettings;
import io.cordwood.indexer.merge.MergeSettings;
import io.cordwood.server.EdgeServer;
import io.cordwood.server.http.Health;
import io.cordwood.server.http.HttpEdge;
import io.cordwood.server.http.HttpSettings;
import io.cordwood.server.log.RecordLog;
import io.cordwood.server.node.Node;
import io.cordwood.server.node.NodeEnvironment;
import io.cordwood.server.node.NodeSettings;
import io.cordwood.server.node.NodeStorage;
import io.cordwood.server.settings.ServerSettings;
import io.cordwood.server.settings.Setting;
import io.cordwood.server.settings.SettingsSources;
import io.cordwood.store.object.folder.FolderObjectStore;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.iceberg.rest.RESTCatalog;

/**
 * A node in this process on a folder, in haste: what is produced is history soon, published, and
 * compacted.
 */
final class LocalTables implements AutoCloseable {

    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final int BODY_MAX_BYTES = 1 << 20;
    private static final IndexerSettings HASTE = new IndexerSettings(MOMENT, MOMENT, MOMENT,
            MOMENT, CollectSettings.STANDARD, MergeSettings.STANDARD,
            new CompactionSettings(MOMENT, 1 << 20, 1 << 20));

    private final LocalKafka kafka;
    private final int port;

    /** Starts a node whose bucket, and all else, is in a folder. */
    LocalTables(Path folder) {
        kafka = new LocalKafka(environment -> open(environment, folder), workers -> workers);
        HttpEdge http = new HttpEdge(kafka.vertx(), kafka.records(), HttpSettings.STANDARD,
                () -> Health.OK, () -> "");
        http.serve(kafka.node().tables().orElseThrow(), Map.of("client.region", "here"));
        port = new EdgeServer(kafka.vertx(), new EdgeServer.Edges(kafka.records(), http,
                BODY_MAX_BYTES, () -> Future.succeededFuture(true))).start("127.0.0.1", 0)
                .await();
    }

    private static Future<Node> open(NodeEnvironment environment, Path folder) {
        Path bucket = folder.resolve("bucket");
        ServerSettings settings = new SettingsSources()
                .flags(Map.of(Setting.LOCAL, folder.resolve("local").toString(),
                        Setting.BUCKET, bucket.toUri().toString(), Setting.CACHE_DISK, "0"))
                .resolve(Runtime.getRuntime().maxMemory());
        return FolderObjectStore.open(bucket, environment.storeWorkers(), environment.chance())
                .compose(store -> NodeStorage.open(environment, settings, store))
                .compose(storage -> Node.open(environment, storage, inHaste(settings)));
    }

    private static NodeSettings inHaste(ServerSettings settings) {
        NodeSettings standard = NodeSettings.of(settings);
        return new NodeSettings(standard.ingest(),
                standard.requestsMaxBytes(), standard.readsMaxBytes(), standard.historyMaxBytes(),
                standard.checkpoints(), HASTE,
                standard.tables().map(tables -> tables.withPause(MOMENT)));
    }

    KafkaClients clients() {
        return kafka.clients();
    }

    /** The log, as other edges than Kafka's see it. */
    RecordLog records() {
        return kafka.records();
    }

    /** What a client of the catalog is told, and all that it is told. */
    String uri() {
        return "http://127.0.0.1:" + port + "/iceberg";
    }

    /** Iceberg's own client of the catalog. */
    RESTCatalog catalog() {
        RESTCatalog catalog = new RESTCatalog();
        catalog.initialize("cordwood",
                Map.of("uri", uri(), "io-impl", LocalFiles.class.getName()));
        return catalog;
    }

    @Override
    public void close() {
        kafka.close();
    }
}
