package io.cordwood.bench;

import io.cordwood.indexer.IndexerSettings;
import io.cordwood.indexer.collect.CollectSettings;
import io.cordwood.ingest.IngestSettings;
import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Tier;
import io.cordwood.manifest.state.TierSizes;
import io.cordwood.manifest.state.TopicState;
import io.cordwood.server.node.NodeSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;

/** Topics whose records are to reach a tier soon. */
final class Tiers {

    private static final Duration MOMENT = Duration.ofMillis(20);
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration NEVER = Duration.ofDays(1_000);
    private static final Duration GRACE = Duration.ofSeconds(20);

    private Tiers() {}

    /** Does behind the data path within seconds what a server does within minutes. */
    static NodeSettings hurried(NodeSettings settings) {
        return with(settings, settings.ingest(), new IndexerSettings(SOON, SOON.multipliedBy(5),
                SOON, SOON, new CollectSettings(GRACE, SOON.multipliedBy(10), SOON, GRACE),
                settings.indexer().merge(), settings.indexer().compaction()));
    }

    /** Does nothing behind the data path. */
    static NodeSettings resting(NodeSettings settings) {
        return with(settings, settings.ingest(), new IndexerSettings(NEVER, NEVER, NEVER, NEVER,
                settings.indexer().collect(), settings.indexer().merge(),
                settings.indexer().compaction()));
    }

    /** Flushes so often. */
    static NodeSettings flushing(Duration interval, NodeSettings settings) {
        IngestSettings ingest = settings.ingest();
        return with(settings, new IngestSettings(interval, ingest.segmentSizeMaxBytes(),
                ingest.bufferSizeMaxBytes(), ingest.uploadsMax(), ingest.waitMax(),
                ingest.appendTimeout()), settings.indexer());
    }

    private static NodeSettings with(NodeSettings settings, IngestSettings ingest,
            IndexerSettings indexer) {
        return new NodeSettings(ingest, settings.requestsMaxBytes(),
                settings.readsMaxBytes(), settings.historyMaxBytes(), settings.checkpoints(),
                indexer, settings.tables());
    }

    static void create(BenchNode node, String topic, Map<String, String> configs)
            throws Exception {
        create(node, topic, 1, configs);
    }

    static void create(BenchNode node, String topic, int partitions, Map<String, String> configs)
            throws Exception {
        try (Admin admin = admin(node)) {
            admin.createTopics(List.of(new NewTopic(topic, partitions, (short) 1).configs(configs)))
                    .all()
                    .get();
        }
    }

    static void set(BenchNode node, String topic, String name, String value) throws Exception {
        try (Admin admin = admin(node)) {
            admin.incrementalAlterConfigs(
                    Map.of(new ConfigResource(ConfigResource.Type.TOPIC, topic),
                            List.of(new AlterConfigOp(new ConfigEntry(name, value),
                                    AlterConfigOp.OpType.SET))))
                    .all().get();
        }
    }

    private static Admin admin(BenchNode node) {
        return Admin.create(Map.of("bootstrap.servers", node.kafka()));
    }

    static PartitionState partition(BenchNode node, String topic) {
        return node.state().topic(new TopicName(topic)).map(it -> it.partition(0)).orElseThrow();
    }

    static TierSizes sizes(BenchNode node, String topic) {
        return node.state().topic(new TopicName(topic)).map(TopicState::sizes).orElseThrow();
    }

    /** Waits until all records of a topic are in a tier. */
    static void await(BenchNode node, String topic, Tier tier) {
        while (sizes(node, topic).of(tier).bytes() < sizes(node, topic).bytes()) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(MOMENT.toMillis()));
        }
    }
}
