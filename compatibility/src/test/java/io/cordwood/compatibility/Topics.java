package io.cordwood.compatibility;

import io.cordwood.server.endtoend.KafkaClients;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** What a server says about topics that a program has made for itself. */
record Topics(Admin admin) {

    /** How many partitions a topic has. */
    int partitions(String topic) throws InterruptedException {
        return get(admin.describeTopics(List.of(topic)).allTopicNames()).values().iterator()
                .next().partitions().size();
    }

    /** The settings of a topic. */
    Map<String, String> settings(String topic) throws InterruptedException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Map<String, String> settings = new HashMap<>();
        get(admin.describeConfigs(List.of(resource)).all()).values()
                .forEach(config -> config.entries()
                        .forEach(entry -> settings.put(entry.name(), entry.value())));
        return settings;
    }

    /** How many records were deleted from the beginnings of a topic's partitions. */
    long deleted(String topic) throws InterruptedException {
        List<TopicPartition> partitions = KafkaClients.partitions(topic, partitions(topic));
        return get(admin.listOffsets(partitions.stream().collect(
                Collectors.toMap(partition -> partition, partition -> OffsetSpec.earliest())))
                .all()).values().stream().mapToLong(start -> start.offset()).sum();
    }

    private static <T> T get(KafkaFuture<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException failure) {
            throw new AssertionError("failed", failure.getCause());
        }
    }
}
