package io.cordwood.server.endtoend.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.server.endtoend.KafkaClients;
import io.cordwood.server.endtoend.RunningServer;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From which nodes Kafka's consumers read (KIP-392). */
class ReadersTest {

    private static final String TOPIC = "orders";
    private static final int PARTITIONS = 12;
    private static final int RECORDS = 120;

    @TempDir
    private Path folder;

    @Test
    void aConsumerReadsInItsOwnRackAlone() throws Exception {
        try (ThreeNodes nodes = new ThreeNodes(folder)) {
            write(nodes.clients());

            read(nodes.clients(), Map.of("client.rack", ThreeNodes.zone(0)));

            assertThat(fetchedBytes(nodes.server(0))).isPositive();
            assertThat(fetchedBytes(nodes.server(1))).isZero();
            assertThat(fetchedBytes(nodes.server(2))).isZero();
        }
    }

    @Test
    void whoDoesNotHandOutRecordsIsWrittenToAndNotReadFrom() throws Exception {
        try (ThreeNodes nodes = new ThreeNodes(folder,
                List.of("ingest,indexer", "query", "query"))) {
            write(nodes.clients());

            read(nodes.clients(), Map.of());

            assertThat(fetchedBytes(nodes.server(0))).isZero();
            assertThat(fetchedBytes(nodes.server(1))).isPositive();
            assertThat(fetchedBytes(nodes.server(2))).isPositive();
        }
    }

    private static void write(KafkaClients clients) throws Exception {
        clients.createTopic(TOPIC, PARTITIONS);
        try (KafkaProducer<String, String> producer = clients.producer(Map.of())) {
            for (int i = 0; i < RECORDS; i++) {
                producer.send(new ProducerRecord<>(TOPIC, i % PARTITIONS, null, "value " + i));
            }
        }
    }

    private static void read(KafkaClients clients, Map<String, Object> settings) {
        try (KafkaConsumer<String, String> consumer = clients.consumer(settings)) {
            consumer.assign(KafkaClients.partitions(TOPIC, PARTITIONS));
            consumer.seekToBeginning(consumer.assignment());
            int count = 0;
            while (count < RECORDS) {
                count += consumer.poll(Duration.ofMillis(200)).count();
            }
            assertThat(count).isEqualTo(RECORDS);
        }
    }

    private static double fetchedBytes(RunningServer server)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(server.uri("/metrics")).build(),
                    HttpResponse.BodyHandlers.ofLines()).body()
                    .filter(line -> line.startsWith("cordwood_query_fetched_bytes"))
                    .mapToDouble(line -> Double.parseDouble(line.split(" ", 2)[1])).sum();
        }
    }
}
