package io.cordwood.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What topics do with records by their settings, whoever brings them. */
class KafkaTopicRulesTest {

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

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "zstd"})
    void recordsGetTheTimeOfTheirAppendAndAreFoundByIt(String codec) throws InterruptedException {
        String topic = "append-time-" + codec;
        create(topic, Map.of("message.timestamp.type", "LogAppendTime"));
        long before = System.currentTimeMillis();
        List<RecordMetadata> sent = new ArrayList<>();
        try (KafkaProducer<String, String> producer = clients
                .producer(Map.of("compression.type", codec))) {
            for (int i = 0; i < 3; i++) {
                sent.add(get(producer.send(
                        new ProducerRecord<>(topic, 0, 1_000L, null, "value " + i))));
            }
        }

        TopicPartition partition = new TopicPartition(topic, 0);
        try (KafkaConsumer<String, String> consumer = clients.consumer(Map.of())) {
            List<ConsumerRecord<String, String>> read = KafkaClients.read(consumer, partition, 3);
            assertThat(read).extracting(ConsumerRecord::timestampType)
                    .containsOnly(TimestampType.LOG_APPEND_TIME);
            assertThat(read).extracting(ConsumerRecord::timestamp).isEqualTo(
                    sent.stream().map(RecordMetadata::timestamp).toList()).isSorted();
            assertThat(read.getFirst().timestamp())
                    .isBetween(before, System.currentTimeMillis());
            long second = read.get(1).timestamp();
            assertThat(consumer.offsetsForTimes(Map.of(partition, second))).containsEntry(
                    partition, new OffsetAndTimestamp(1, second, Optional.of(0)));
            assertThat(consumer.offsetsForTimes(Map.of(partition, 1_000L))).containsEntry(
                    partition, new OffsetAndTimestamp(0, read.getFirst().timestamp(),
                            Optional.of(0)));
        }
    }

    @Test
    void recordsGetTheTimeOfTheirAppendAlsoOverHttp() throws IOException, InterruptedException {
        create("append-time-http", Map.of("message.timestamp.type", "LogAppendTime"));

        assertThat(post("append-time-http", "{\"value\":1,\"timestamp\":1000}"))
                .contains("\"offset\":0");

        try (KafkaConsumer<String, String> consumer = clients.consumer(Map.of())) {
            ConsumerRecord<String, String> read = KafkaClients
                    .read(consumer, new TopicPartition("append-time-http", 0), 1).getFirst();
            assertThat(read.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
            assertThat(read.timestamp()).isGreaterThan(1_700_000_000_000L);
        }
    }

    @Test
    void aBatchThatIsTooLargeForItsTopicIsRefused() throws InterruptedException {
        create("small", Map.of("max.message.bytes", "1000"));
        try (KafkaProducer<byte[], byte[]> producer = clients.bytesProducer(Map.of())) {
            assertFails(producer.send(new ProducerRecord<>("small", new byte[1_000])),
                    RecordTooLargeException.class);
            get(producer.send(new ProducerRecord<>("small", new byte[800])));
        }
    }

    @Test
    void manyRecordsThatAreTooLargeTogetherAreSentInParts()
            throws InterruptedException, IOException {
        create("parts", Map.of("max.message.bytes", "1000"));
        try (KafkaProducer<byte[], byte[]> producer = clients
                .bytesProducer(Map.of("linger.ms", 200))) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = 0; i < 30; i++) {
                sent.add(producer.send(new ProducerRecord<>("parts", new byte[300])));
            }
            assertThat(KafkaClients.getAll(sent)).extracting(RecordMetadata::offset)
                    .doesNotHaveDuplicates();
        }
        String value = "\"" + "x".repeat(300) + "\"";
        assertThat(post("parts", "{\"value\":" + value + "},{\"value\":" + value
                + "},{\"value\":" + value + "},{\"value\":" + value + "}"))
                .contains("\"offset\":33");
    }

    @Test
    void aServerWideBoundCountsWhereATopicHasNone() throws InterruptedException {
        create("bounded", Map.of());
        ConfigResource brokers = new ConfigResource(ConfigResource.Type.BROKER, "");
        ConfigEntry bound = new ConfigEntry("message.max.bytes", "2000");
        try (Admin admin = clients.admin();
                KafkaProducer<byte[], byte[]> producer = clients.bytesProducer(Map.of())) {
            get(admin.incrementalAlterConfigs(
                    Map.of(brokers, List.of(new AlterConfigOp(bound, OpType.SET)))).all());
            assertFails(producer.send(new ProducerRecord<>("bounded", new byte[2_000])),
                    RecordTooLargeException.class);
            get(admin.incrementalAlterConfigs(
                    Map.of(brokers, List.of(new AlterConfigOp(bound, OpType.DELETE)))).all());
            get(producer.send(new ProducerRecord<>("bounded", new byte[2_000])));
        }
    }

    @Test
    void recordsThatAreDatedTooFarFromNowAreRefused() throws IOException, InterruptedException {
        create("dated", Map.of("message.timestamp.before.max.ms", "60000"));
        long now = System.currentTimeMillis();
        try (KafkaProducer<String, String> producer = clients.producer(Map.of())) {
            for (long bad : new long[]{now - 3_600_000, now + 7_200_000}) {
                assertFails(producer.send(new ProducerRecord<>("dated", 0, bad, null, "v")),
                        InvalidTimestampException.class);
            }
            get(producer.send(new ProducerRecord<>("dated", 0, now, null, "v")));
        }
        assertThat(post("dated", "{\"value\":1,\"timestamp\":1000},{\"value\":2}"))
                .contains("\"error_code\":422").contains("\"offset\":1");
    }

    @Test
    void whatIsCompactedHasKeys() throws IOException, InterruptedException {
        create("compacted", Map.of("cleanup.policy", "compact"));
        try (KafkaProducer<String, String> producer = clients.producer(Map.of())) {
            assertFails(producer.send(new ProducerRecord<>("compacted", "keyless")),
                    org.apache.kafka.common.InvalidRecordException.class);
            get(producer.send(new ProducerRecord<>("compacted", "key", "value")));
        }
        assertThat(post("compacted", "{\"value\":1},{\"key\":1,\"value\":2}"))
                .contains("\"error_code\":422").contains("\"offset\":1");
    }

    private static void create(String topic, Map<String, String> configs)
            throws InterruptedException {
        try (Admin admin = clients.admin()) {
            get(admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1).configs(configs)))
                    .all());
        }
    }

    private static String post(String topic, String records)
            throws IOException, InterruptedException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(server.uri("/topics/" + topic))
                    .header("Content-Type", "application/vnd.kafka.json.v2+json")
                    .POST(HttpRequest.BodyPublishers
                            .ofString("{\"records\":[" + records + "]}"))
                    .build(), HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static <T> T get(Future<T> future) throws InterruptedException {
        return KafkaClients.get(future);
    }

    private static void assertFails(Future<?> future, Class<? extends Exception> reason) {
        assertThatThrownBy(future::get).isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(reason);
    }
}
