package io.cordwood.server.node;

import io.cordwood.cache.CachingObjectStore;
import io.cordwood.cache.ValueMemory;
import io.cordwood.cluster.Membership;
import io.cordwood.history.batch.Packing;
import io.cordwood.history.read.HistoryMemory;
import io.cordwood.history.read.HistoryReader;
import io.cordwood.history.read.HistoryTail;
import io.cordwood.history.rows.Rows;
import io.cordwood.iceberg.TableCatalog;
import io.cordwood.indexer.Indexer;
import io.cordwood.indexer.IndexerRules;
import io.cordwood.indexer.IndexerStatistics;
import io.cordwood.indexer.compact.CompactionRule;
import io.cordwood.indexer.retention.Retention;
import io.cordwood.ingest.Ingest;
import io.cordwood.ingest.IngestPorts;
import io.cordwood.ingest.IngestStatistics;
import io.cordwood.ingest.wal.Wal;
import io.cordwood.kafka.cluster.Brokers;
import io.cordwood.kafka.configs.TopicCompaction;
import io.cordwood.kafka.configs.TopicHistory;
import io.cordwood.kafka.configs.TopicRetention;
import io.cordwood.kafka.log.KafkaLog;
import io.cordwood.manifest.event.Member;
import io.cordwood.manifest.log.Backoff;
import io.cordwood.manifest.log.ClusterIdentity;
import io.cordwood.manifest.state.ManifestState;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.query.Query;
import io.cordwood.runtime.ByteBudget;
import io.cordwood.runtime.EventLoop;
import io.cordwood.runtime.LogException;
import io.cordwood.server.log.LocalRecordLog;
import io.cordwood.server.log.RecordLog;
import io.cordwood.server.observe.Metrics;
import io.cordwood.server.settings.ServerSettings;
import io.cordwood.store.batch.BatchLimits;
import io.cordwood.store.layout.ObjectId;
import io.cordwood.store.object.ObjectStore;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** A running node: the log over a bucket, ready to be served by the edges. */
public final class Node {

    /** What the tail of a history file is, and rows of it with the pages they come from, about. */
    private static final int TAIL_BYTES = 256 << 10;
    private static final int ROWS_BYTES = 4 << 20;

    private static final int WAITERS_MAX = 10_000;
    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    private final ManifestParts manifest;
    private final Membership membership;
    private final Ingest ingest;
    private final Query query;
    private final Indexer indexer;
    private final Optional<Tables> tables;
    private final CachingObjectStore store;
    private final RecordLog log;
    private final KafkaLog kafka;

    private Node(ManifestParts manifest, Ingest ingest, Query query, Indexer indexer,
            Optional<Tables> tables, CachingObjectStore store, RecordLog log, KafkaLog kafka) {
        this.manifest = manifest;
        this.membership = new Membership(manifest.follower(), manifest.commits());
        this.ingest = ingest;
        this.query = query;
        this.indexer = indexer;
        this.tables = tables;
        this.store = store;
        this.log = log;
        this.kafka = kafka;
    }

    /**
     * Opens the local directory of a server and the log of a bucket, as
     * {@link #open(NodeEnvironment, NodeStorage, NodeSettings)} does, and shows the node's numbers.
     *
     * @param bucket the store itself: it is metered and cached here
     */
    public static Future<Node> open(NodeEnvironment environment, ServerSettings settings,
            ObjectStore bucket, Metrics metrics) {
        return environment.loop().submit(() -> NodeStorage
                .open(environment, settings, metrics.meter(bucket))
                .compose(storage -> open(environment, storage, NodeSettings.of(settings))
                        .onSuccess(node -> NodeMetrics.register(metrics,
                                node.manifest.follower(), node.ingest, node.query,
                                storage.store()))
                        .onSuccess(node -> IndexerMetrics.register(metrics, node.indexer))
                        .onSuccess(node -> node.tables.ifPresent(
                                tables -> TableMetrics.register(metrics, tables.publisher())))));
    }

    /**
     * Opens the log of a bucket, finds its committer or becomes it, and finishes what the last
     * process on the local WAL began.
     *
     * @return fails with what to do when the bucket or the WAL cannot be used
     */
    public static Future<Node> open(NodeEnvironment environment, NodeStorage storage,
            NodeSettings settings) {
        return environment.loop().submit(() -> ManifestParts
                .open(environment, storage.store(), settings)
                .map(manifest -> assemble(environment, storage, settings, manifest))
                .compose(node -> node.ingest.start().map(node))
                .onSuccess(node -> node.indexer.start())
                .onSuccess(node -> node.tables
                        .ifPresent(tables -> tables.publisher().start())));
    }

    private static Node assemble(NodeEnvironment environment, NodeStorage storage,
            NodeSettings settings, ManifestParts manifest) {
        EventLoop loop = environment.loop();
        Supplier<UUID> objectIds = () -> ObjectId.of(manifest.follower().state().sequence(),
                environment.ids().get());
        Wal wal = new Wal(storage.wal(), loop, environment.walWorkers(), BatchLimits.STANDARD);
        IngestPorts ports = new IngestPorts(loop, storage.store(), manifest.commits(),
                manifest.follower(), objectIds, Backoff.standard(environment.chance()));
        Ingest ingest = new Ingest(ports, wal, settings.ingest());
        Query query = new Query(manifest.follower(), loop, storage.store(),
                history(environment, storage, settings), storage.store().aheadBytesMax());
        ByteBudget reads = budget(loop, settings.readsMaxBytes());
        LocalRecordLog log = new LocalRecordLog(
                new LocalRecordLog.Parts(loop, manifest.follower(), manifest.commits(), ingest,
                        query),
                new LocalRecordLog.Budgets(budget(loop, settings.requestsMaxBytes()),
                        reads),
                environment.ids());
        KafkaLog kafka = new KafkaLog(loop, manifest.follower(), manifest.commits(), ingest,
                query, reads, environment.ids());
        Indexer indexer = new Indexer(
                new Indexer.Parts(manifest.follower(), manifest.commits(), loop,
                        storage.bucket(), storage.store(), environment.storeWorkers(),
                        objectIds, new IndexerRules(Node::retention,
                                (state, topic) -> TopicHistory.of(state, topic).ageMillis(),
                                Node::compaction),
                        new IndexerDuties(manifest.follower(), manifest.cluster().process(),
                                manifest.commits()::isCommitter)),
                settings.indexer());
        Optional<Tables> tables = settings.tables()
                .map(its -> Tables.of(environment, storage, its, manifest));
        return new Node(manifest, ingest, query, indexer, tables, storage.store(), log, kafka);
    }

    /** Half of the memory is for what is remembered, and as much for what is on its way to it. */
    private static HistoryReader history(NodeEnvironment environment, NodeStorage storage,
            NodeSettings settings) {
        long bytes = settings.historyMaxBytes();
        HistoryMemory memory = new HistoryMemory(
                new ValueMemory<>(new ValueMemory.Bounds(bytes / 8, TAIL_BYTES),
                        HistoryTail::sizeBytes),
                new ValueMemory<>(new ValueMemory.Bounds(bytes / 8 * 3, ROWS_BYTES),
                        Rows::sizeBytes));
        return new HistoryReader(storage.store(), environment.storeWorkers(), Packing.NONE,
                memory);
    }

    private static Retention retention(ManifestState state, TopicState topic) {
        TopicRetention kept = TopicRetention.of(state, topic);
        return new Retention(kept.millis(), kept.bytes());
    }

    private static Optional<CompactionRule> compaction(ManifestState state, TopicState topic) {
        return TopicCompaction.of(state, topic)
                .map(it -> new CompactionRule(it.lagMinMillis(), it.lagMaxMillis(),
                        it.tombstonesKeptMillis(), it.dirtyShareMin()));
    }

    private static ByteBudget budget(EventLoop loop, long bytesMax) {
        return new ByteBudget(loop, new ByteBudget.Settings(bytesMax, WAITERS_MAX, WAIT_MAX));
    }

    /** The log, for the edges. */
    public RecordLog log() {
        return log;
    }

    /** The log, for the Kafka edge. */
    public KafkaLog kafka() {
        return kafka;
    }

    /** The tables that its topics are, for the edges; empty if they are none. */
    public Optional<TableCatalog> tables() {
        return tables.map(Tables::catalog);
    }

    /** What it remembers of the bucket, for other nodes to share. Any thread may call. */
    public CachingObjectStore store() {
        return store;
    }

    /** The manifest as far as this node knows it. Any thread may call. */
    public ManifestState state() {
        return manifest.follower().state();
    }

    /** What its produce path holds and has done. Any thread may call. */
    public IngestStatistics statistics() {
        return ingest.statistics();
    }

    /** What it has done behind the data path. Any thread may call. */
    public IndexerStatistics indexer() {
        return indexer.statistics();
    }

    /** This node among the brokers of its cluster, for the Kafka edge. */
    public Brokers brokers() {
        return new Brokers(manifest.identity().id(), manifest.cluster().process(),
                manifest.follower());
    }

    /** Whether it commits for all, as far as it knows. */
    public boolean isCommitter() {
        return manifest.cluster().isCommitter();
    }

    /** Whose bucket it is. */
    public ClusterIdentity cluster() {
        return manifest.identity();
    }

    /** This run of it, as other nodes know it. */
    public UUID process() {
        return manifest.cluster().process();
    }

    /**
     * Makes it known to all as one that serves. Complete with the number by which clients know it.
     */
    public Future<Integer> join(Member member) {
        return kafka.loop().submit(() -> membership.join(member));
    }

    /** Makes it known to all that it serves no more, if it ever did: clients go elsewhere. */
    public Future<Void> leave() {
        return kafka.loop().submit(membership::leave);
    }

    /**
     * Complete when this node can serve no more, with the reason, which is a
     * {@link io.cordwood.runtime.FencedException} when another process has taken its place.
     */
    public Future<LogException> stopped() {
        return Future.any(ingest.stopped(), membership.replaced())
                .map(any -> ingest.stopped().isComplete()
                        ? ingest.stopped().result()
                        : membership.replaced().result());
    }

    /** Writes what is held to the bucket and stops. */
    public Future<Void> close() {
        indexer.stop();
        tables.ifPresent(its -> its.publisher().stop());
        return ingest.close();
    }
}
