package io.cordwood.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.groups.offsets.GroupLag;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupLagTest {

    @TempDir
    Path folder;

    @Test
    void aGroupIsBehindByWhatItHasNotCommittedOfAllPartitions() throws InterruptedException {
        try (LocalKafka kafka = new LocalKafka(folder.resolve("local"));
                Admin admin = kafka.clients().admin()) {
            kafka.clients().createTopic("orders", 3);
            kafka.clients().createTopic("words", 1);
            try (KafkaProducer<String, String> producer = kafka.clients().producer(Map.of())) {
                for (int i = 0; i < 30; i++) {
                    KafkaClients.get(producer.send(
                            new ProducerRecord<>("orders", i % 3, "k", "v")));
                }
                KafkaClients.get(producer.send(new ProducerRecord<>("words", "k", "v")));
            }
            commit(admin, "billing", Map.of(new TopicPartition("orders", 0), 4L,
                    new TopicPartition("orders", 1), 10L, new TopicPartition("words", 0), 1L));
            commit(admin, "audit", Map.of(new TopicPartition("orders", 2), 1L));

            assertThat(kafka.lags(9)).containsExactly(new GroupLag("audit", "orders", 9),
                    new GroupLag("billing", "orders", 6), new GroupLag("billing", "words", 0));
            assertThat(kafka.lags(1)).containsExactly(new GroupLag("audit", "orders", 9));
        }
    }

    private static void commit(Admin admin, String group, Map<TopicPartition, Long> offsets)
            throws InterruptedException {
        Map<TopicPartition, OffsetAndMetadata> all = new HashMap<>();
        offsets.forEach((partition, offset) -> all.put(partition, new OffsetAndMetadata(offset)));
        KafkaClients.get(admin.alterConsumerGroupOffsets(group, all).all());
    }
}
