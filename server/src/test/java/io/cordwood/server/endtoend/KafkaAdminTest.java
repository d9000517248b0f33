package io.cordwood.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.AlterConfigsOptions;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConfigEntry.ConfigSource;
import org.apache.kafka.clients.admin.CreatePartitionsOptions;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.ListConfigResourcesOptions;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidPartitionsException;
import org.apache.kafka.common.errors.InvalidReplicaAssignmentException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics and settings through Kafka's own administration client. */
class KafkaAdminTest {

    private static final ConfigResource BROKER = new ConfigResource(ConfigResource.Type.BROKER,
            "1");
    private static final ConfigResource ALL_BROKERS = new ConfigResource(
            ConfigResource.Type.BROKER, "");

    @TempDir
    static Path folder;

    private static RunningServer server;
    private static KafkaClients clients;
    private static Admin admin;

    @BeforeAll
    static void start() {
        server = RunningServer.start("file:" + folder.resolve("bucket"), folder.resolve("local"));
        clients = new KafkaClients(server);
        admin = clients.admin();
    }

    @AfterAll
    static void stop() {
        admin.close();
        server.close();
    }

    @Test
    void aTopicIsCreatedWithItsSettingsAndTellsThem() throws InterruptedException {
        CreateTopicsResult created = admin.createTopics(List.of(
                new NewTopic("with-settings", Optional.of(3), Optional.empty())
                        .configs(Map.of("cleanup.policy", "compact", "retention.ms", " 1000"))));

        assertThat(get(created.numPartitions("with-settings"))).isEqualTo(3);
        assertThat(get(created.replicationFactor("with-settings"))).isEqualTo(1);
        assertEntry(get(created.config("with-settings")), "cleanup.policy", "compact",
                ConfigSource.DYNAMIC_TOPIC_CONFIG);
        Config described = describe(topic("with-settings"));
        assertEntry(described, "cleanup.policy", "compact", ConfigSource.DYNAMIC_TOPIC_CONFIG);
        assertEntry(described, "retention.ms", "1000", ConfigSource.DYNAMIC_TOPIC_CONFIG);
        assertEntry(described, "segment.bytes", "1073741824", ConfigSource.DEFAULT_CONFIG);
        assertEntry(described, "history.format", "parquet", ConfigSource.DEFAULT_CONFIG);
        assertEntry(described, "history.age.ms", "86400000", ConfigSource.DEFAULT_CONFIG);
        assertThat(described.entries()).as("33 of Kafka's, two of ours").hasSize(33 + 2);
    }

    @Test
    void aTopicWithASettingThatThereIsNotIsNotCreated() {
        for (Map<String, String> configs : List.of(Map.of("no.such.setting", "1"),
                Map.of("retention.ms", "a while"), Map.of("compression.type", "zstd"))) {
            assertFails(admin.createTopics(List.of(new NewTopic("refused", 1, (short) 1)
                    .configs(configs))).all(), InvalidConfigurationException.class);
        }
        assertFails(admin.describeTopics(List.of("refused")).allTopicNames(),
                UnknownTopicOrPartitionException.class);
    }

    @Test
    void aTopicThatIsOnlyValidatedIsNotThereAndTellsWhatItWouldBe() throws InterruptedException {
        CreateTopicsResult validated = admin.createTopics(
                List.of(new NewTopic("validated", 2, (short) 1)
                        .configs(Map.of("retention.ms", "5"))),
                new CreateTopicsOptions().validateOnly(true));

        assertEntry(get(validated.config("validated")), "retention.ms", "5",
                ConfigSource.DYNAMIC_TOPIC_CONFIG);
        assertThat(get(admin.listTopics().names())).doesNotContain("validated");
    }

    @Test
    void replicasAreThoseThatThereAreAndTheFactorIsTheBuckets() throws InterruptedException {
        get(admin.createTopics(List.of(new NewTopic("factor", 1, (short) 3))).all());
        get(admin.createTopics(List.of(
                new NewTopic("assigned", Map.of(0, List.of(1), 1, List.of(1))))).all());

        assertThat(KafkaClients
                .find(get(admin.describeTopics(List.of("assigned")).allTopicNames()), "assigned")
                .partitions()).hasSize(2);
        assertFails(admin.createTopics(List.of(
                new NewTopic("elsewhere", Map.of(0, List.of(1, 2))))).all(),
                InvalidReplicaAssignmentException.class);
        assertFails(admin.createTopics(List.of(
                new NewTopic("gaps", Map.of(1, List.of(1))))).all(),
                InvalidReplicaAssignmentException.class);
    }

    @Test
    void settingsOfATopicAreSetAppendedAndDeletedOneByOne() throws InterruptedException {
        clients.createTopic("altered", 1);
        ConfigResource altered = topic("altered");

        alter(altered, op("retention.ms", "5000", OpType.SET),
                op("cleanup.policy", "compact", OpType.APPEND));
        alter(altered, op("segment.ms", "7000", OpType.SET),
                op("cleanup.policy", "delete", OpType.SUBTRACT));
        alter(altered, op("retention.ms", "", OpType.DELETE));

        Config described = describe(altered);
        assertEntry(described, "cleanup.policy", "compact", ConfigSource.DYNAMIC_TOPIC_CONFIG);
        assertEntry(described, "segment.ms", "7000", ConfigSource.DYNAMIC_TOPIC_CONFIG);
        assertEntry(described, "retention.ms", "-1", ConfigSource.DEFAULT_CONFIG);
    }

    @Test
    void settingsThatAreUnknownOrWrongOrOnlyValidatedDoNotChange() throws InterruptedException {
        clients.createTopic("unaltered", 1);
        ConfigResource unaltered = topic("unaltered");
        Config before = describe(unaltered);

        assertFails(altering(unaltered, op("no.such.setting", "1", OpType.SET)),
                InvalidConfigurationException.class);
        assertFails(altering(unaltered, op("segment.ms", "9", OpType.SET),
                op("retention.ms", "-5", OpType.SET)), InvalidConfigurationException.class);
        assertFails(altering(topic("none"), op("segment.ms", "9", OpType.SET)),
                UnknownTopicOrPartitionException.class);
        get(admin.incrementalAlterConfigs(
                Map.of(unaltered, List.of(op("segment.ms", "9", OpType.SET))),
                new AlterConfigsOptions().validateOnly(true)).all());

        assertThat(describe(unaltered).entries())
                .containsExactlyInAnyOrderElementsOf(before.entries());
    }

    @Test
    void whatBrokersHaveForTheirTopicsCountsWhereTheTopicHasNothing()
            throws InterruptedException {
        clients.createTopic("inherits", 1);
        alter(ALL_BROKERS, op("log.segment.bytes", "5000000", OpType.SET));
        alter(BROKER, op("log.roll.ms", "77", OpType.SET));

        Config described = describe(topic("inherits"));
        assertEntry(described, "segment.bytes", "5000000",
                ConfigSource.DYNAMIC_DEFAULT_BROKER_CONFIG);
        assertEntry(described, "segment.ms", "77", ConfigSource.DYNAMIC_BROKER_CONFIG);
        assertThat(described.get("segment.ms").synonyms())
                .extracting(ConfigEntry.ConfigSynonym::name, ConfigEntry.ConfigSynonym::value)
                .containsExactly(tuple("log.roll.ms", "77"),
                        tuple("log.roll.ms", "604800000"));
        assertThat(describe(ALL_BROKERS).entries()).extracting(ConfigEntry::name)
                .containsExactly("log.segment.bytes");
        alter(ALL_BROKERS, op("log.segment.bytes", "", OpType.DELETE));
        alter(BROKER, op("log.roll.ms", "", OpType.DELETE));
        assertEntry(describe(topic("inherits")), "segment.ms", "604800000",
                ConfigSource.DEFAULT_CONFIG);
    }

    @Test
    void theBrokerTellsHowItRunsAndIsNotChangedInThat() throws InterruptedException {
        Config described = describe(BROKER);

        assertEntry(described, "broker.id", "1", ConfigSource.STATIC_BROKER_CONFIG);
        assertEntry(described, "auto.create.topics.enable", "true",
                ConfigSource.STATIC_BROKER_CONFIG);
        assertEntry(described, "message.max.bytes", "1048588", ConfigSource.DEFAULT_CONFIG);
        assertEntry(described, "advertised.listeners", "PLAINTEXT://" + server.kafka(),
                ConfigSource.STATIC_BROKER_CONFIG);
        assertThat(described.get("log.dirs").value()).startsWith("file:");
        assertThat(described.get("broker.id").isReadOnly()).isTrue();
        assertFails(altering(BROKER, op("broker.id", "2", OpType.SET)),
                InvalidRequestException.class);
        assertFails(admin.describeConfigs(List.of(
                new ConfigResource(ConfigResource.Type.BROKER_LOGGER, "1"))).all(),
                InvalidRequestException.class);
    }

    @Test
    void aSettingSaysWhatItMeansAndWhetherItHasAnEffect() throws InterruptedException {
        clients.createTopic("documented", 1);
        ConfigResource documented = topic("documented");

        Config described = KafkaClients.find(get(admin.describeConfigs(List.of(documented),
                new DescribeConfigsOptions().includeDocumentation(true)).all()), documented);

        assertThat(described.get("retention.ms").documentation()).startsWith("For ever")
                .contains("retain a log");
        assertThat(described.get("segment.ms").documentation())
                .startsWith("Kept; there is nothing");
        assertThat(described.get("max.message.bytes").documentation())
                .startsWith("The largest record batch size");
        assertThat(described.get("max.message.bytes").type())
                .isEqualTo(ConfigEntry.ConfigType.INT);
    }

    @Test
    void theSettingsOfSoManyAreToldAtATimeAndOfNoMore() throws InterruptedException {
        clients.createTopic("many", 1);
        Set<ConfigResource> asked = new HashSet<>(Set.of(topic("many")));
        for (int i = 0; i < 2_000; i++) {
            asked.add(new ConfigResource(ConfigResource.Type.GROUP, "group-" + i));
        }

        assertFails(admin.describeConfigs(asked).all(), InvalidRequestException.class);
        asked.remove(new ConfigResource(ConfigResource.Type.GROUP, "group-0"));
        assertThat(get(admin.describeConfigs(asked).all())).hasSize(2_000);
    }

    @Test
    void aGroupWhoseMembersWouldBeLostBetweenTwoHeartbeatsIsNotMadeSo() {
        ConfigResource group = new ConfigResource(ConfigResource.Type.GROUP, "hasty");
        for (Map.Entry<String, String> setting : Map.of("consumer.session.timeout.ms", "1",
                "consumer.heartbeat.interval.ms", "46000").entrySet()) {
            assertFails(admin.incrementalAlterConfigs(Map.of(group, List.of(new AlterConfigOp(
                    new ConfigEntry(setting.getKey(), setting.getValue()),
                    AlterConfigOp.OpType.SET)))).all(), InvalidConfigurationException.class);
        }
    }

    @Test
    void whatHasSettingsIsListed() throws InterruptedException {
        clients.createTopic("listed", 1);

        assertThat(get(admin.listConfigResources().all())).contains(BROKER, topic("listed"));
        assertThat(get(admin.listConfigResources(
                Set.of(ConfigResource.Type.CLIENT_METRICS, ConfigResource.Type.GROUP),
                new ListConfigResourcesOptions()).all())).isEmpty();
    }

    @Test
    void aTopicGrowsAndItsRecordsStay() throws InterruptedException {
        clients.createTopic("grows", 1);
        send("grows", 0, "before");

        get(admin.createPartitions(Map.of("grows", NewPartitions.increaseTo(3))).all());
        send("grows", 2, "after");

        assertThat(read("grows", 0, 1)).containsExactly("before");
        assertThat(read("grows", 2, 1)).containsExactly("after");
    }

    @Test
    void aTopicDoesNotShrinkAndWhatIsOnlyValidatedDoesNotGrow() throws InterruptedException {
        clients.createTopic("stays", 2);

        for (int count : new int[]{1, 2, 100_000}) {
            assertFails(admin.createPartitions(Map.of("stays", NewPartitions.increaseTo(count)))
                    .all(), InvalidPartitionsException.class);
            assertFails(admin.createPartitions(Map.of("stays", NewPartitions.increaseTo(count)),
                    new CreatePartitionsOptions().validateOnly(true)).all(),
                    InvalidPartitionsException.class);
        }
        assertFails(admin.createPartitions(Map.of("stays",
                NewPartitions.increaseTo(3, List.of(List.of(7))))).all(),
                InvalidReplicaAssignmentException.class);
        assertFails(admin.createPartitions(Map.of("none", NewPartitions.increaseTo(3))).all(),
                UnknownTopicOrPartitionException.class);
        get(admin.createPartitions(Map.of("stays", NewPartitions.increaseTo(3)),
                new CreatePartitionsOptions().validateOnly(true)).all());

        assertThat(KafkaClients
                .find(get(admin.describeTopics(List.of("stays")).allTopicNames()), "stays")
                .partitions()).hasSize(2);
    }

    private static ConfigResource topic(String name) {
        return new ConfigResource(ConfigResource.Type.TOPIC, name);
    }

    private static AlterConfigOp op(String name, String value, OpType type) {
        return new AlterConfigOp(new ConfigEntry(name, value), type);
    }

    private static void alter(ConfigResource resource, AlterConfigOp... ops)
            throws InterruptedException {
        get(altering(resource, ops));
    }

    private static Future<Void> altering(ConfigResource resource,
            AlterConfigOp... ops) {
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        changes.put(resource, List.of(ops));
        return admin.incrementalAlterConfigs(changes).all()
                .toCompletionStage().toCompletableFuture();
    }

    private static Config describe(ConfigResource resource) throws InterruptedException {
        return KafkaClients.find(get(admin.describeConfigs(List.of(resource),
                new DescribeConfigsOptions().includeSynonyms(true)).all()), resource);
    }

    private static void assertEntry(Config config, String name, String value,
            ConfigSource source) {
        assertThat(config.get(name).value()).as(name).isEqualTo(value);
        assertThat(config.get(name).source()).as(name).isEqualTo(source);
    }

    private static void send(String topic, int partition, String value)
            throws InterruptedException {
        try (KafkaProducer<String, String> producer = clients.producer(Map.of())) {
            get(producer.send(new ProducerRecord<>(topic, partition, null, value)));
        }
    }

    private static List<String> read(String topic, int partition, int count) {
        try (KafkaConsumer<String, String> consumer = clients.consumer(Map.of())) {
            return KafkaClients.read(consumer, new TopicPartition(topic, partition), count)
                    .stream().map(ConsumerRecord::value).toList();
        }
    }

    private static <T> T get(Future<T> future) throws InterruptedException {
        return KafkaClients.get(future);
    }

    private static void assertFails(Future<?> future,
            Class<? extends Exception> reason) {
        assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(reason);
    }
}
