package io.cordwood.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions through Kafka's own producer and consumer. */
class KafkaTransactionsTest {

    @TempDir
    Path folder;

    @Test
    void committedRecordsAppearTogetherAndAbortedOnesNever()
            throws InterruptedException, IOException {
        try (RunningServer server = server()) {
            KafkaClients clients = new KafkaClients(server);
            clients.createTopic("orders", 2);
            try (KafkaProducer<String, String> producer = producer(clients, "shop")) {
                producer.initTransactions();
                for (int i = 0; i < 10; i++) {
                    producer.beginTransaction();
                    send(producer, "orders", i % 2 == 0 ? "good " + i : "bad " + i);
                    if (i % 2 == 0) {
                        producer.commitTransaction();
                    } else {
                        producer.flush();
                        producer.abortTransaction();
                    }
                }
            }

            assertThat(read(clients, "orders", 0, 15)).isEqualTo(values("good", 5));
            assertThat(read(clients, "orders", 1, 15)).isEqualTo(values("good", 5));
            assertThat(new String(Command.run(server, "replay", "orders"), StandardCharsets.UTF_8))
                    .doesNotContain("bad").contains("good 8");
        }
    }

    @Test
    void nothingBehindAnOpenTransactionIsSeenUntilItEnds() throws InterruptedException {
        try (RunningServer server = server()) {
            KafkaClients clients = new KafkaClients(server);
            clients.createTopic("orders", 2);
            TopicPartition partition = new TopicPartition("orders", 0);
            try (KafkaProducer<String, String> open = producer(clients, "open");
                    KafkaProducer<String, String> plain = clients.producer(Map.of());
                    KafkaConsumer<String, String> consumer = committedConsumer(clients)) {
                open.initTransactions();
                open.beginTransaction();
                send(open, "orders", "open");
                open.flush();
                KafkaClients.get(plain.send(new ProducerRecord<>("orders", 0, null, "behind")));

                assertThat(consumer.endOffsets(List.of(partition))).containsEntry(partition, 0L);
                open.commitTransaction();

                assertThat(KafkaClients.read(consumer, partition, 4))
                        .extracting(ConsumerRecord::value)
                        .containsExactly("open", "open", "open", "behind");
            }
        }
    }

    @Test
    void aLaterInstanceEndsTheOneBeforeAndWhatItLeftOpen() throws InterruptedException {
        try (RunningServer server = server()) {
            KafkaClients clients = new KafkaClients(server);
            clients.createTopic("orders", 2);
            try (KafkaProducer<String, String> zombie = producer(clients, "shop");
                    KafkaProducer<String, String> successor = producer(clients, "shop")) {
                zombie.initTransactions();
                zombie.beginTransaction();
                send(zombie, "orders", "lost");
                zombie.flush();

                successor.initTransactions();
                successor.beginTransaction();
                send(successor, "orders", "kept");
                successor.commitTransaction();

                assertThatThrownBy(() -> {
                    send(zombie, "orders", "too late");
                    zombie.commitTransaction();
                }).isInstanceOf(KafkaException.class).satisfiesAnyOf(
                        it -> assertThat(it).isInstanceOf(ProducerFencedException.class),
                        it -> assertThat(it).isInstanceOf(InvalidProducerEpochException.class),
                        it -> assertThat(it).hasRootCauseInstanceOf(
                                InvalidProducerEpochException.class));
            }
            assertThat(read(clients, "orders", 0, 3)).containsExactly("kept", "kept", "kept");
        }
    }

    @Test
    void anOpenTransactionAndItsProducerOutliveTheServer()
            throws InterruptedException, IOException {
        try (RunningServer server = server()) {
            KafkaClients clients = new KafkaClients(server);
            clients.createTopic("orders", 2);
            KafkaProducer<String, String> producer = producer(clients, "shop");
            producer.initTransactions();
            producer.beginTransaction();
            send(producer, "orders", "kept");
            producer.commitTransaction();
            producer.beginTransaction();
            send(producer, "orders", "lost");
            producer.flush();
            server.kill();
            producer.close(Duration.ZERO);
        }
        try (RunningServer server = server()) {
            KafkaClients clients = new KafkaClients(server);
            try (KafkaProducer<String, String> successor = producer(clients, "shop")) {
                successor.initTransactions();
                successor.beginTransaction();
                send(successor, "orders", "after");
                successor.commitTransaction();
            }
            assertThat(read(clients, "orders", 0, 6)).containsExactly("kept", "kept", "kept",
                    "after", "after", "after");
        }
    }

    private RunningServer server() {
        return RunningServer.start("file:" + folder.resolve("bucket"), folder.resolve("local"));
    }

    private static KafkaProducer<String, String> producer(KafkaClients clients, String id) {
        return clients.producer(Map.of("transactional.id", id));
    }

    /** Three records for each of two partitions. */
    private static void send(KafkaProducer<String, String> producer, String topic, String value) {
        for (int i = 0; i < 6; i++) {
            producer.send(new ProducerRecord<>(topic, i % 2, null, value));
        }
    }

    private static KafkaConsumer<String, String> committedConsumer(KafkaClients clients) {
        return clients.consumer(new HashMap<>(
                Map.of("isolation.level", IsolationLevel.READ_COMMITTED.toString())));
    }

    private static List<String> read(KafkaClients clients, String topic, int partition,
            int count) {
        try (KafkaConsumer<String, String> consumer = committedConsumer(clients)) {
            List<String> values = new ArrayList<>();
            KafkaClients.read(consumer, new TopicPartition(topic, partition), count)
                    .forEach(record -> values.add(record.value()));
            assertThat(consumer.poll(Duration.ofMillis(500))).isEmpty();
            return values;
        }
    }

    /** Each of the even values three times. */
    private static List<String> values(String word, int transactions) {
        return IntStream.range(0, transactions * 3).mapToObj(i -> word + " " + i / 3 * 2)
                .toList();
    }
}
