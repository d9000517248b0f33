package io.cordwood.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Groups of Kafka's own consumers, of both protocols. They mostly wait: for members, for time. */
@Execution(ExecutionMode.CONCURRENT)
class KafkaGroupsTest {

    private static final Duration MOMENT = Duration.ofMillis(100);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void aGroupGoesOnWhereItWasAlsoAfterTheServerWasKilled(String protocol)
            throws InterruptedException {
        try (RunningServer server = server()) {
            KafkaClients clients = new KafkaClients(server);
            clients.createTopic("orders", 2);
            send(clients, "orders", 0, 20);
            try (KafkaConsumer<String, String> member = member(clients, protocol)) {
                member.subscribe(List.of("orders"));
                assertThat(numbers(KafkaClients.poll(member, 20))).isEqualTo(range(0, 20));
                member.commitSync();
            }
            server.kill();
        }
        try (RunningServer server = server()) {
            KafkaClients clients = new KafkaClients(server);
            send(clients, "orders", 20, 30);
            try (KafkaConsumer<String, String> member = member(clients, protocol)) {
                member.subscribe(List.of("orders"));
                assertThat(numbers(KafkaClients.poll(member, 10))).isEqualTo(range(20, 30));
                assertThat(member.poll(MOMENT)).isEmpty();
            }
        }
    }

    @Test
    void aConsumerOfAShareGroupIsToldThatThereAreNone() throws InterruptedException {
        try (RunningServer server = server()) {
            KafkaClients clients = new KafkaClients(server);
            clients.createTopic("orders", 1);
            try (KafkaShareConsumer<String, String> sharing = new KafkaShareConsumer<>(
                    Map.of("bootstrap.servers", server.kafka(), "group.id", "sharers"),
                    new StringDeserializer(), new StringDeserializer())) {
                sharing.subscribe(List.of("orders"));

                assertThatThrownBy(() -> sharing.poll(PATIENCE))
                        .isInstanceOf(UnsupportedVersionException.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void membersShareThePartitionsAndTakeOverThoseOfWhoLeaves(String protocol)
            throws InterruptedException {
        try (RunningServer server = server()) {
            KafkaClients clients = new KafkaClients(server);
            clients.createTopic("orders", 4);
            try (KafkaConsumer<String, String> stays = member(clients, protocol)) {
                stays.subscribe(List.of("orders"));
                awaitAssigned(4, List.of(stays));
                try (KafkaConsumer<String, String> leaves = member(clients, protocol)) {
                    leaves.subscribe(List.of("orders"));
                    awaitAssigned(2, List.of(stays, leaves));
                    assertThat(stays.assignment()).doesNotContainAnyElementsOf(
                            leaves.assignment());
                    send(clients, "orders", 0, 40);
                    List<ConsumerRecord<String, String>> records = new ArrayList<>();
                    pollUntil(() -> records.size() == 40, records, List.of(stays, leaves));
                    assertThat(numbers(records)).isEqualTo(range(0, 40));
                }
                awaitAssigned(4, List.of(stays));
                send(clients, "orders", 40, 50);
                assertThat(numbers(KafkaClients.poll(stays, 10))).isEqualTo(range(40, 50));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void membersGoOnWhenTheServerIsKilledWhileTheyShareOut(String protocol)
            throws InterruptedException, IOException {
        String port = "127.0.0.1:" + freePort();
        RunningServer server = server("--kafka", port);
        KafkaClients clients = new KafkaClients(port);
        clients.createTopic("orders", 4);
        send(clients, "orders", 0, 40);
        try (KafkaConsumer<String, String> first = member(clients, protocol);
                KafkaConsumer<String, String> second = member(clients, protocol)) {
            List<ConsumerRecord<String, String>> records = new ArrayList<>();
            first.subscribe(List.of("orders"));
            pollUntil(() -> records.size() >= 40, records, List.of(first));
            first.commitSync();
            second.subscribe(List.of("orders"));
            second.poll(MOMENT);
            server.kill();
            server = server("--kafka", port);

            awaitAssigned(2, List.of(first, second));
            send(clients, "orders", 40, 60);
            pollUntil(() -> records.size() >= 60, records, List.of(first, second));
            assertThat(numbers(records)).isEqualTo(range(0, 60));
        } finally {
            server.close();
        }
    }

    @Test
    void offsetsOfATransactionCountWhenItIsCommittedAndNotWhenItIsAborted()
            throws InterruptedException {
        try (RunningServer server = server()) {
            KafkaClients clients = new KafkaClients(server);
            clients.createTopic("orders", 1);
            clients.createTopic("bills", 1);
            send(clients, "orders", 0, 10);
            TopicPartition orders = new TopicPartition("orders", 0);
            try (KafkaConsumer<String, String> member = member(clients, "classic");
                    KafkaProducer<String, String> producer = clients
                            .producer(Map.of("transactional.id", "biller"))) {
                producer.initTransactions();
                member.subscribe(List.of("orders"));
                assertThat(KafkaClients.poll(member, 10)).hasSize(10);
                bill(producer, member, 5, true);
                bill(producer, member, 8, false);

                assertThat(member.committed(Set.of(orders))).containsEntry(orders,
                        new OffsetAndMetadata(5));
                bill(producer, member, 9, true);
                assertThat(member.committed(Set.of(orders))).containsEntry(orders,
                        new OffsetAndMetadata(9));
            }
        }
    }

    private static void bill(KafkaProducer<String, String> producer,
            KafkaConsumer<String, String> member, long offset, boolean commits) {
        producer.beginTransaction();
        producer.send(new ProducerRecord<>("bills", "bill up to " + offset));
        producer.sendOffsetsToTransaction(
                Map.of(new TopicPartition("orders", 0), new OffsetAndMetadata(offset)),
                member.groupMetadata());
        if (commits) {
            producer.commitTransaction();
        } else {
            producer.abortTransaction();
        }
    }

    private static void awaitAssigned(int count, List<KafkaConsumer<String, String>> members) {
        pollUntil(() -> members.stream().allMatch(it -> it.assignment().size() == count),
                new ArrayList<>(), members);
    }

    private static void pollUntil(BooleanSupplier done,
            Collection<ConsumerRecord<String, String>> into,
            List<KafkaConsumer<String, String>> members) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!done.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time is left").isLessThan(deadline);
            for (KafkaConsumer<String, String> member : members) {
                ConsumerRecords<String, String> polled = member.poll(MOMENT);
                polled.forEach(into::add);
            }
        }
    }

    /** Numbers as values, one after the other to all partitions. */
    private static void send(KafkaClients clients, String topic, int from, int to)
            throws InterruptedException {
        try (KafkaProducer<String, String> producer = clients.producer(Map.of())) {
            int partitions = producer.partitionsFor(topic).size();
            for (int i = from; i < to; i++) {
                producer.send(new ProducerRecord<>(topic, i % partitions, null,
                        Integer.toString(i)));
            }
        }
    }

    private static List<Integer> numbers(List<ConsumerRecord<String, String>> records) {
        return records.stream().map(record -> Integer.valueOf(record.value())).sorted().toList();
    }

    private static List<Integer> range(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    private static KafkaConsumer<String, String> member(KafkaClients clients, String protocol) {
        return clients.consumer(new HashMap<>(Map.of("group.id", "billing", "group.protocol",
                protocol, "auto.offset.reset", "earliest")));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private RunningServer server(String... more) {
        return RunningServer.start("file:" + folder.resolve("bucket"), folder.resolve("local"),
                more);
    }
}
