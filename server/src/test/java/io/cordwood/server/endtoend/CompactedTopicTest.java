package io.cordwood.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.server.log.ReadRequest;
import io.cordwood.server.log.RecordPage;
import io.cordwood.store.batch.StoredRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a topic of which only the last record of each key is kept. */
@Timeout(60)
class CompactedTopicTest {

    private static final TopicName TOPIC = new TopicName("accounts");
    private static final TopicPartition PARTITION = new TopicPartition("accounts", 0);
    private static final Duration MOMENT = Duration.ofMillis(50);
    private static final int KEYS = 5;

    @TempDir
    Path folder;

    @Test
    void onlyTheLastOfEachKeyIsReadOverEveryEdgeAndAReaderStillComesToTheEnd()
            throws InterruptedException {
        try (LocalTables node = new LocalTables(folder)) {
            KafkaClients clients = node.clients();
            clients.createTopic("accounts", 1, Map.of("cleanup.policy", "compact",
                    "min.cleanable.dirty.ratio", "0", "delete.retention.ms", "0"));
            plain(clients, "first");
            plain(clients, "second");
            transaction(clients, record("key-0", "lost"), false);
            transaction(clients, record("key-1", "kept"), true);
            transaction(clients, new ProducerRecord<>("accounts", 0, "key-2", null), true);

            List<String> left = List.of("key-0=second", "key-3=second", "key-4=second",
                    "key-1=kept");
            awaitLeft(node, left);

            assertThat(consumed(clients, "read_committed")).isEqualTo(left);
            assertThat(consumed(clients, "read_uncommitted")).isEqualTo(left);
        }
    }

    /** A tombstone goes when the partition is compacted again, so there is always something. */
    private static void awaitLeft(LocalTables node, List<String> left)
            throws InterruptedException {
        while (!paged(node).equals(left)) {
            transaction(node.clients(), record("key-4", "passing"), false);
            LockSupport.parkNanos(MOMENT.toNanos());
        }
    }

    private static void plain(KafkaClients clients, String value) throws InterruptedException {
        try (KafkaProducer<String, String> producer = clients.producer(Map.of())) {
            for (int i = 0; i < KEYS; i++) {
                KafkaClients.get(producer.send(record("key-" + i, value)));
            }
        }
    }

    private static ProducerRecord<String, String> record(String key, String value) {
        return new ProducerRecord<>("accounts", 0, key, value);
    }

    private static void transaction(KafkaClients clients, ProducerRecord<String, String> record,
            boolean commits) throws InterruptedException {
        try (KafkaProducer<String, String> producer = clients
                .producer(Map.of("transactional.id", "transactions"))) {
            producer.initTransactions();
            producer.beginTransaction();
            KafkaClients.get(producer.send(record));
            if (commits) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    /** All that is read until the consumer is where the partition ended. */
    private static List<String> consumed(KafkaClients clients, String isolation) {
        try (KafkaConsumer<String, String> consumer = clients
                .consumer(Map.of("isolation.level", isolation))) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = KafkaClients.find(consumer.endOffsets(List.of(PARTITION)), PARTITION);
            List<String> read = new ArrayList<>();
            while (consumer.position(PARTITION) < end) {
                for (ConsumerRecord<String, String> record : consumer.poll(MOMENT)) {
                    read.add(record.key() + "=" + record.value());
                }
            }
            return read;
        }
    }

    private static List<String> paged(LocalTables node) {
        List<String> all = new ArrayList<>();
        RecordPage page;
        long offset = 0;
        do {
            page = node.records().read(TOPIC, 0, new ReadRequest(offset, 500, Duration.ZERO))
                    .await();
            page.records().forEach(stored -> all.add(describe(stored)));
            offset = page.nextOffset();
        } while (offset < page.range().end());
        return all;
    }

    private static String describe(StoredRecord stored) {
        return text(stored.record().key()) + "=" + text(stored.record().value());
    }

    private static String text(Optional<ByteBuffer> bytes) {
        return bytes.map(it -> StandardCharsets.UTF_8.decode(it.duplicate()).toString())
                .orElse("null");
    }
}
