package io.cordwood.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import io.cordwood.manifest.commit.TakeGroupShard;
import io.cordwood.manifest.event.GroupShard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of groups when another process takes over their shards. */
class GroupShardsTest {

    private static final TopicPartition ORDERS = new TopicPartition("orders", 0);

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"classic", "consumer"})
    void membersGoOnWhenTheirShardWasTakenAndNothingIsBuiltOnWhatWasRefused(String protocol)
            throws InterruptedException {
        try (LocalKafka kafka = new LocalKafka(folder.resolve("local"))) {
            KafkaClients clients = kafka.clients();
            clients.createTopic("orders", 1);
            try (KafkaProducer<String, String> producer = clients.producer(Map.of())) {
                KafkaClients.get(producer.send(new ProducerRecord<>("orders", 0, "k", "v")));
            }
            try (KafkaConsumer<String, String> member = clients.consumer(new HashMap<>(Map.of(
                    "group.id", "billing", "group.protocol", protocol, "auto.offset.reset",
                    "earliest")))) {
                member.subscribe(List.of("orders"));
                assertThat(KafkaClients.poll(member, 1)).hasSize(1);
                commit(member, 1);

                long taken = takeEveryShard(kafka);
                commit(member, 2);

                assertThat(member.committed(Set.of(ORDERS))).containsEntry(ORDERS,
                        new OffsetAndMetadata(2));
                assertThat(epochs(kafka)).isEqualTo(taken + 1);
            }
        }
    }

    /** As another process would; gives the sum of their epochs. */
    private static long takeEveryShard(LocalKafka kafka) {
        UUID other = new UUID(7, 7);
        for (int shard = 0; shard < GroupShard.COUNT; shard++) {
            kafka.log().propose(new TakeGroupShard(new GroupShard(shard), other)).await();
        }
        return epochs(kafka);
    }

    private static long epochs(LocalKafka kafka) {
        long sum = 0;
        for (int shard = 0; shard < GroupShard.COUNT; shard++) {
            sum += kafka.log().state().groupShard(new GroupShard(shard)).ownership().epoch();
        }
        return sum;
    }

    private static void commit(KafkaConsumer<String, String> member, long offset) {
        member.commitSync(Map.of(ORDERS, new OffsetAndMetadata(offset)), Duration.ofSeconds(30));
    }
}
