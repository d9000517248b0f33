package io.cordwood.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.event.TopicName;
import io.cordwood.manifest.state.PartitionState;
import io.cordwood.manifest.state.Tier;
import io.cordwood.server.log.ReadRequest;
import io.cordwood.server.log.RecordPage;
import io.cordwood.store.batch.StoredRecord;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is read of a topic before and after its runs change tiers, over every way to read it. */
@Timeout(60)
class TieredReadsTest {

    private static final TopicName TOPIC = new TopicName("orders");
    private static final TopicPartition PARTITION = new TopicPartition("orders", 0);
    private static final int PLAIN = 20;
    private static final int COMMITTED = PLAIN + 3;
    private static final int ALL = COMMITTED + 3;
    private static final Duration MOMENT = Duration.ofMillis(50);

    @TempDir
    Path folder;

    @Test
    void whateverIsReadIsTheSameInEveryTier() throws InterruptedException {
        try (LocalKafka kafka = new LocalKafka(folder)) {
            KafkaClients clients = kafka.clients();
            clients.createTopic("orders", 1, Map.of("history.format", "segment"));
            transaction(clients, "kept", true);
            transaction(clients, "lost", false);
            plain(clients);
            Read flushed = read(kafka);

            awaitTier(kafka, Tier.LOG);
            assertThat(read(kafka)).isEqualTo(flushed);

            clients.alterTopic("orders",
                    Map.of("history.format", "parquet", "history.age.ms", "0"));
            awaitTier(kafka, Tier.HISTORY);
            assertThat(read(kafka)).isEqualTo(flushed);
        }
    }

    private static void awaitTier(LocalKafka kafka, Tier tier) {
        PartitionState partition = partition(kafka);
        while (partition.run(0).tier() != tier || partition.runCount() >= PLAIN) {
            LockSupport.parkNanos(MOMENT.toNanos());
            partition = partition(kafka);
        }
    }

    private static PartitionState partition(LocalKafka kafka) {
        return kafka.log().state().topic(TOPIC).orElseThrow().partition(0);
    }

    private static Read read(LocalKafka kafka) {
        KafkaClients clients = kafka.clients();
        List<String> committed = consumed(clients, "read_committed", COMMITTED);
        return new Read(consumed(clients, "read_uncommitted", ALL), committed, paged(kafka),
                offsetsByTime(clients, committed));
    }

    /**
     * What every way to read gives.
     *
     * @param foundByTime how many records are found by their own time
     */
    private record Read(List<String> uncommitted, List<String> committed,
            List<StoredRecord> paged, int foundByTime) {

        Read {
            assertThat(foundByTime).isEqualTo(COMMITTED);
        }
    }

    private static void transaction(KafkaClients clients, String id, boolean commits) {
        try (KafkaProducer<String, String> producer = clients
                .producer(Map.of("transactional.id", id, "compression.type", "lz4"))) {
            producer.initTransactions();
            producer.beginTransaction();
            for (int i = 0; i < 3; i++) {
                producer.send(new ProducerRecord<>("orders", 0, 1_000L + i, id, id + i));
            }
            producer.flush();
            if (commits) {
                producer.commitTransaction();
            } else {
                producer.abortTransaction();
            }
        }
    }

    /** Each in a segment of its own: enough of them to be merged. */
    private static void plain(KafkaClients clients) throws InterruptedException {
        try (KafkaProducer<String, String> producer = clients
                .producer(Map.of("compression.type", "zstd"))) {
            for (int i = 0; i < PLAIN; i++) {
                KafkaClients.get(producer.send(new ProducerRecord<>("orders", 0, 2_000L + i,
                        i % 3 == 0 ? null : "key-" + i, i % 5 == 0 ? null : "value-" + i,
                        List.of(new RecordHeader("h", new byte[i]), new RecordHeader("h", null)))));
            }
        }
    }

    private static List<String> consumed(KafkaClients clients, String isolation, int count) {
        try (KafkaConsumer<String, String> consumer = clients
                .consumer(Map.of("isolation.level", isolation))) {
            return KafkaClients.read(consumer, PARTITION, count).stream()
                    .map(TieredReadsTest::describe).toList();
        }
    }

    private static String describe(ConsumerRecord<String, String> record) {
        return record.offset() + " " + record.timestampType() + " " + record.timestamp() + " "
                + record.key() + "=" + record.value() + " " + record.headers();
    }

    private static List<StoredRecord> paged(LocalKafka kafka) {
        List<StoredRecord> all = new ArrayList<>();
        RecordPage page;
        long offset = 0;
        do {
            page = kafka.records().read(TOPIC, 0, new ReadRequest(offset, 500, Duration.ZERO))
                    .await();
            all.addAll(page.records());
            offset = page.nextOffset();
        } while (offset < page.range().end());
        return all;
    }

    /** How many of the records are found by their own time: each has one that no other has. */
    private static int offsetsByTime(KafkaClients clients, List<String> described) {
        try (KafkaConsumer<String, String> consumer = clients.consumer(Map.of())) {
            return (int) described.stream().map(it -> it.split(" ", -1))
                    .filter(it -> KafkaClients.find(consumer
                            .offsetsForTimes(Map.of(PARTITION, Long.parseLong(it[2]))), PARTITION)
                            .offset() == Long.parseLong(it[0]))
                    .count();
        }
    }
}
