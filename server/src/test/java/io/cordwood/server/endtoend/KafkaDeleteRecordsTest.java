package io.cordwood.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** Records that are deleted through Kafka's own administration client. */
class KafkaDeleteRecordsTest {

    @TempDir
    static Path folder;

    private static RunningServer server;
    private static KafkaClients clients;

    private String topic = "";
    private TopicPartition partition = new TopicPartition("", 0);

    @BeforeAll
    static void start() {
        server = RunningServer.start("file:" + folder.resolve("bucket"), folder.resolve("local"));
        clients = new KafkaClients(server);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void createTopic(TestInfo test) throws InterruptedException {
        topic = test.getTestMethod().orElseThrow().getName();
        partition = new TopicPartition(topic, 0);
        clients.createTopic(topic, 1);
    }

    @Test
    void deletedRecordsAreGoneAlsoAfterARestartAndTheOthersAreThere()
            throws InterruptedException {
        send(0, 100);
        assertThat(delete(60)).isEqualTo(60);
        assertOffsets(60, 100);
        assertThat(delete(30)).as("what is deleted stays deleted").isEqualTo(60);

        server.kill();
        start();

        assertOffsets(60, 100);
        assertReadFrom(60, 40);
        send(100, 5);
        assertThat(delete(-1)).as("all that there are").isEqualTo(105);
        assertOffsets(105, 105);
        send(105, 1);
        assertReadFrom(105, 1);
    }

    @Test
    void aReaderAtADeletedOffsetIsToldAndBeginsWhereItIsSetTo() throws InterruptedException {
        send(0, 50);
        delete(20);

        try (KafkaConsumer<String, String> consumer = clients
                .consumer(Map.of("auto.offset.reset", "none"))) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, 10);
            assertThatThrownBy(() -> KafkaClients.poll(consumer, 1))
                    .isInstanceOf(OffsetOutOfRangeException.class);
        }
        try (KafkaConsumer<String, String> consumer = clients
                .consumer(Map.of("auto.offset.reset", "earliest"))) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, 10);
            assertThat(KafkaClients.poll(consumer, 30)).first()
                    .extracting(ConsumerRecord::offset).isEqualTo(20L);
        }
    }

    @Test
    void noDeletedRecordIsFoundByItsTime() throws InterruptedException {
        send(0, 50);
        delete(20);

        try (KafkaConsumer<String, String> consumer = clients.consumer(Map.of());
                Admin admin = clients.admin()) {
            assertThat(consumer.offsetsForTimes(Map.of(partition, 1_000L)))
                    .containsEntry(partition,
                            new OffsetAndTimestamp(20, 1_020, Optional.of(0)));
            delete(50);
            assertThat(consumer.offsetsForTimes(Map.of(partition, 1_000L)))
                    .containsEntry(partition, null);
            assertThat(get(admin.listOffsets(Map.of(partition, OffsetSpec.maxTimestamp()))
                    .partitionResult(partition)).offset()).isEqualTo(-1);
        }
    }

    @Test
    void whatIsNotThereIsNotDeletedNorWhatIsOnlyCompacted() throws InterruptedException {
        send(0, 5);
        try (Admin admin = clients.admin()) {
            get(admin.createTopics(List.of(new NewTopic("compacted", 1, (short) 1)
                    .configs(Map.of("cleanup.policy", "compact")))).all());

            assertFails(deleting(admin, partition, 6),
                    org.apache.kafka.common.errors.OffsetOutOfRangeException.class);
            assertFails(deleting(admin, new TopicPartition("compacted", 0), 0),
                    PolicyViolationException.class);
            assertFails(deleting(admin, new TopicPartition(topic, 0), -7),
                    org.apache.kafka.common.errors.OffsetOutOfRangeException.class);
        }
        assertOffsets(0, 5);
    }

    @Test
    void readersOfCommittedRecordsGoOnPastADeletedTransaction() throws InterruptedException {
        try (KafkaProducer<String, String> producer = clients
                .producer(Map.of("transactional.id", "shop"));
                KafkaConsumer<String, String> consumer = clients
                        .consumer(Map.of("isolation.level", "read_committed"))) {
            producer.initTransactions();
            producer.beginTransaction();
            get(producer.send(new ProducerRecord<>(topic, 0, null, "lost")));
            get(producer.send(new ProducerRecord<>(topic, 0, null, "lost too")));
            delete(1);
            producer.abortTransaction();
            producer.beginTransaction();
            get(producer.send(new ProducerRecord<>(topic, 0, null, "kept")));
            producer.commitTransaction();

            assertThat(KafkaClients.read(consumer, partition, 1))
                    .extracting(ConsumerRecord::value).containsExactly("kept");
        }
    }

    /** Records whose values are their offsets, and whose times follow from them. */
    private void send(int first, int count)
            throws InterruptedException {
        try (KafkaProducer<String, String> producer = clients.producer(Map.of())) {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (int i = first; i < first + count; i++) {
                sent.add(producer.send(
                        new ProducerRecord<>(topic, 0, 1_000L + i, null, "" + i)));
            }
            KafkaClients.getAll(sent);
        }
    }

    private long delete(long before) throws InterruptedException {
        try (Admin admin = clients.admin()) {
            return get(deleting(admin, partition, before));
        }
    }

    private static Future<Long> deleting(Admin admin, TopicPartition partition, long before) {
        return KafkaClients.find(
                admin.deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(before)))
                        .lowWatermarks(),
                partition).thenApply(deleted -> deleted.lowWatermark());
    }

    private void assertOffsets(long first, long end) {
        try (KafkaConsumer<String, String> consumer = clients.consumer(Map.of())) {
            assertThat(consumer.beginningOffsets(List.of(partition)))
                    .containsEntry(partition, first);
            assertThat(consumer.endOffsets(List.of(partition))).containsEntry(partition, end);
        }
    }

    private void assertReadFrom(long first, int count) {
        try (KafkaConsumer<String, String> consumer = clients.consumer(Map.of())) {
            List<ConsumerRecord<String, String>> read = KafkaClients.read(consumer, partition,
                    count);
            assertThat(read).hasSize(count).allSatisfy(record -> assertThat(record.value())
                    .isEqualTo(Long.toString(record.offset())));
            assertThat(read.getFirst().offset()).isEqualTo(first);
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
