package io.cordwood.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import kafka.admin.ConfigCommand;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.tools.AclCommand;
import org.apache.kafka.tools.BrokerApiVersionsCommand;
import org.apache.kafka.tools.DeleteRecordsCommand;
import org.apache.kafka.tools.GetOffsetShell;
import org.apache.kafka.tools.LeaderElectionCommand;
import org.apache.kafka.tools.LogDirsCommand;
import org.apache.kafka.tools.TopicCommand;
import org.apache.kafka.tools.TransactionsCommand;
import org.apache.kafka.tools.reassign.ReassignPartitionsCommand;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What administrators do with the commands that come with Kafka. */
class KafkaToolsTest {

    private static final KafkaTool TOPICS = TopicCommand::main;
    private static final KafkaTool CONFIGS = ConfigCommand::main;
    private static final KafkaTool OFFSETS = GetOffsetShell::main;
    private static final KafkaTool DELETE_RECORDS = DeleteRecordsCommand::main;
    private static final KafkaTool TRANSACTIONS = TransactionsCommand::main;
    private static final KafkaTool LOG_DIRS = LogDirsCommand::main;

    @TempDir
    static Path folder;

    private static RunningServer server;
    private static KafkaClients clients;

    @BeforeAll
    static void start() {
        server = RunningServer.start("file:" + folder.resolve("bucket"), folder.resolve("local"));
        clients = new KafkaClients(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void topicsAreCreatedListedDescribedGrownAndDeleted() {
        assertThat(TOPICS.output(server, "--create", "--topic", "orders", "--partitions", "2",
                "--replication-factor", "1", "--config", "retention.ms=1000"))
                .contains("Created topic orders.");
        assertThat(TOPICS.output(server, "--list")).contains("orders");
        assertThat(TOPICS.output(server, "--describe", "--topic", "orders"))
                .contains("Topic: orders", "PartitionCount: 2", "ReplicationFactor: 1",
                        "Configs: retention.ms=1000",
                        "Partition: 1\tLeader: 1\tReplicas: 1\tIsr: 1");

        TOPICS.output(server, "--alter", "--topic", "orders", "--partitions", "5");
        assertThat(TOPICS.output(server, "--describe", "--topic", "orders"))
                .contains("PartitionCount: 5");
        assertThat(TOPICS.output(server, "--describe", "--under-replicated-partitions"))
                .doesNotContain("orders");

        TOPICS.output(server, "--delete", "--topic", "orders");
        assertThat(TOPICS.output(server, "--list")).doesNotContain("orders");
    }

    @Test
    void whatIsRefusedIsExplained() {
        assertThat(TOPICS.run(server, "--create", "--topic", "wrong", "--config",
                "retention.ms=-7"))
                .satisfies(said -> assertThat(said.code()).isEqualTo(1))
                .satisfies(said -> assertThat(said.text()).contains(
                        "Invalid value -7 for configuration retention.ms"));
        assertThat(TOPICS.run(server, "--create", "--topic", "wrong", "--config",
                "compression.type=gzip").text()).contains("'producer' here");
    }

    @Test
    void settingsOfTopicsAreAlteredAndDescribed() throws InterruptedException {
        clients.createTopic("configured", 1);

        assertThat(CONFIGS.output(server, "--alter", "--entity-type", "topics", "--entity-name",
                "configured", "--add-config",
                "cleanup.policy=[compact,delete],max.message.bytes=5000"))
                .contains("Completed updating config for topic configured.");
        assertThat(CONFIGS.output(server, "--describe", "--entity-type", "topics",
                "--entity-name", "configured"))
                .contains("Dynamic configs for topic configured are:",
                        "cleanup.policy=compact,delete sensitive=false "
                                + "synonyms={DYNAMIC_TOPIC_CONFIG:cleanup.policy=compact,delete,"
                                + " DEFAULT_CONFIG:log.cleanup.policy=delete}",
                        "max.message.bytes=5000")
                .doesNotContain("retention.ms");
        assertThat(CONFIGS.output(server, "--describe", "--all", "--entity-type", "topics",
                "--entity-name", "configured")).contains("retention.ms=-1");

        CONFIGS.output(server, "--alter", "--entity-type", "topics", "--entity-name",
                "configured", "--delete-config", "max.message.bytes");
        assertThat(CONFIGS.output(server, "--describe", "--entity-type", "topics",
                "--entity-name", "configured")).doesNotContain("max.message.bytes");
        assertThat(CONFIGS.run(server, "--alter", "--entity-type", "topics", "--entity-name",
                "configured", "--add-config", "no.such.setting=1").text())
                .contains("Unknown topic config name: no.such.setting");
    }

    @Test
    void settingsOfTheBrokerAreAlteredAndDescribed() {
        assertThat(CONFIGS.output(server, "--alter", "--entity-type", "brokers",
                "--entity-default", "--add-config", "log.retention.ms=7000"))
                .contains("Completed updating default config for brokers in the cluster.");
        assertThat(CONFIGS.output(server, "--describe", "--entity-type", "brokers",
                "--entity-default")).contains("log.retention.ms=7000");
        assertThat(CONFIGS.output(server, "--describe", "--all", "--entity-type", "brokers",
                "--entity-name", "1")).contains("broker.id=1", "auto.create.topics.enable=true",
                        "log.retention.ms=7000");
        CONFIGS.output(server, "--alter", "--entity-type", "brokers", "--entity-default",
                "--delete-config", "log.retention.ms");
        assertThat(CONFIGS.run(server, "--alter", "--entity-type", "brokers", "--entity-name",
                "1", "--add-config", "broker.id=2").text())
                .contains("Cannot update these configs dynamically");
    }

    @Test
    void usersAndClientsHaveNothingToDescribe() {
        assertThat(CONFIGS.output(server, "--describe", "--entity-type", "users"))
                .doesNotContain("Error");
        assertThat(CONFIGS.output(server, "--describe", "--entity-type", "clients"))
                .doesNotContain("Error");
        assertThat(CONFIGS.run(server, "--alter", "--entity-type", "clients", "--entity-name",
                "a", "--add-config", "producer_byte_rate=1").text()).contains("no quotas");
        assertThat(((KafkaTool) AclCommand::main).run(server, "--list").text())
                .contains("No Authorizer is configured");
    }

    @Test
    void offsetsAreFoundAndRecordsDeleted() throws IOException, InterruptedException {
        clients.createTopic("counted", 1);
        send("counted", 10);
        assertThat(OFFSETS.output(server, "--topic", "counted")).contains("counted:0:10");
        assertThat(OFFSETS.output(server, "--topic", "counted", "--time", "earliest"))
                .contains("counted:0:0");
        assertThat(OFFSETS.output(server, "--topic", "counted", "--time", "1004"))
                .contains("counted:0:4");
        assertThat(OFFSETS.output(server, "--topic", "counted", "--time", "max-timestamp"))
                .contains("counted:0:9");
        Path offsets = folder.resolve("offsets.json");
        Files.writeString(offsets, "{\"partitions\": [{\"topic\": \"counted\", "
                + "\"partition\": 0, \"offset\": 7}], \"version\": 1}");

        assertThat(DELETE_RECORDS.output(server, "--offset-json-file", offsets.toString()))
                .contains("partition: counted-0\tlow_watermark: 7");

        assertThat(OFFSETS.output(server, "--topic", "counted", "--time", "earliest"))
                .contains("counted:0:7");
    }

    @Test
    void theSizesOfPartitionsAreTold() throws InterruptedException {
        clients.createTopic("sized", 1);
        send("sized", 10);

        assertThat(LOG_DIRS.output(server, "--describe", "--topic-list", "sized"))
                .contains("\"broker\":1", "\"logDir\":\"file:", "\"partition\":\"sized-0\"",
                        "\"offsetLag\":0")
                .doesNotContain("\"size\":0");
    }

    @Test
    void transactionsAreListedDescribedAndAborted() throws InterruptedException {
        clients.createTopic("shop", 1);
        try (KafkaProducer<String, String> producer = clients
                .producer(Map.of("transactional.id", "till"))) {
            producer.initTransactions();
            producer.beginTransaction();
            KafkaClients.get(producer.send(new ProducerRecord<>("shop", 0, null, "value")));

            assertThat(TRANSACTIONS.output(server, "list")).containsPattern(
                    "till\\s+1\\s+\\d+\\s+Ongoing");
            assertThat(TRANSACTIONS.output(server, "describe", "--transactional-id", "till"))
                    .containsPattern("Ongoing.*shop-0");
            assertThat(TRANSACTIONS.output(server, "describe-producers", "--topic", "shop",
                    "--partition", "0")).containsPattern("\\d+\\s+\\d+\\s+0\\s+0\\s+\\d+");
            assertThat(TRANSACTIONS.output(server, "find-hanging", "--broker-id", "1",
                    "--max-transaction-timeout", "0")).as("none hangs: its coordinator knows it")
                    .doesNotContain("shop");

            TRANSACTIONS.output(server, "abort", "--topic", "shop", "--partition", "0",
                    "--start-offset", "0");

            assertThat(TRANSACTIONS.output(server, "list")).containsPattern(
                    "till\\s+1\\s+\\d+\\s+CompleteAbort");
        }
    }

    @Test
    void leadersAndReplicasStayWhereTheyAre() throws IOException, InterruptedException {
        clients.createTopic("placed", 1);
        assertThat(((KafkaTool) LeaderElectionCommand::main).output(server, "--election-type",
                "preferred", "--topic", "placed", "--partition", "0"))
                .contains("Valid replica already elected");
        assertThat(((KafkaTool) ReassignPartitionsCommand::main).output(server, "--list"))
                .contains("No partition reassignments found.");
    }

    @Test
    void whatIsServedIsListed() {
        assertThat(((KafkaTool) BrokerApiVersionsCommand::main).output(server))
                .contains("(id: 1 rack: null", "Produce(0): 0 to 13",
                        "AlterReplicaLogDirs(34): UNSUPPORTED");
    }

    private static void send(String topic, int count) throws InterruptedException {
        try (KafkaProducer<String, String> producer = clients.producer(Map.of())) {
            for (int i = 0; i < count; i++) {
                producer.send(new ProducerRecord<>(topic, 0, 1_000L + i, null, "value " + i));
            }
            producer.flush();
        }
    }
}
