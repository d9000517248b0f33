package io.cordwood.server.endtoend;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Kafka's own clients, with their own defaults, of one server. */
public final class KafkaClients {

    private static final Duration READ_MAX = Duration.ofSeconds(60);

    private final String server;

    /** Clients of a server. */
    public KafkaClients(RunningServer server) {
        this(server.kafka());
    }

    /** Clients of servers at HOST:PORT, with commas between. */
    public KafkaClients(String server) {
        this.server = server;
    }

    /** A producer of texts. */
    public KafkaProducer<String, String> producer(Map<String, Object> settings) {
        return new KafkaProducer<>(with(settings), new StringSerializer(), new StringSerializer());
    }

    KafkaProducer<byte[], byte[]> bytesProducer(Map<String, Object> settings) {
        return new KafkaProducer<>(with(settings), new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    /** A consumer of texts. */
    public KafkaConsumer<String, String> consumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(with(settings), new StringDeserializer(),
                new StringDeserializer());
    }

    KafkaConsumer<byte[], byte[]> bytesConsumer(Map<String, Object> settings) {
        return new KafkaConsumer<>(with(settings), new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** An administrator. */
    public Admin admin() {
        return Admin.create(with(Map.of()));
    }

    /** Creates a topic without settings of its own. */
    public void createTopic(String name, int partitions) throws InterruptedException {
        createTopic(name, partitions, Map.of());
    }

    /** Creates a topic with settings. */
    public void createTopic(String name, int partitions, Map<String, String> configs)
            throws InterruptedException {
        try (Admin admin = admin()) {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)
                    .configs(configs))).all().get();
        } catch (ExecutionException failure) {
            throw new AssertionError("no topic", failure);
        }
    }

    /** Gives a topic other settings beside those that it has. */
    public void alterTopic(String name, Map<String, String> configs)
            throws InterruptedException {
        List<AlterConfigOp> changes = configs.entrySet().stream()
                .map(config -> new AlterConfigOp(
                        new ConfigEntry(config.getKey(), config.getValue()),
                        AlterConfigOp.OpType.SET))
                .toList();
        try (Admin admin = admin()) {
            admin.incrementalAlterConfigs(
                    Map.of(new ConfigResource(ConfigResource.Type.TOPIC, name), changes)).all()
                    .get();
        } catch (ExecutionException failure) {
            throw new AssertionError("not altered", failure);
        }
    }

    /** The first records of a partition, so many, however long it takes within reason. */
    static <K, V> List<ConsumerRecord<K, V>> read(KafkaConsumer<K, V> consumer,
            TopicPartition partition, int count) {
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        return poll(consumer, count);
    }

    /** The next records, so many. */
    static <K, V> List<ConsumerRecord<K, V>> poll(KafkaConsumer<K, V> consumer, int count) {
        List<ConsumerRecord<K, V>> records = new ArrayList<>();
        long deadline = System.nanoTime() + READ_MAX.toNanos();
        while (records.size() < count && System.nanoTime() < deadline) {
            consumer.poll(Duration.ofMillis(200)).forEach(records::add);
        }
        return records;
    }

    /** The first partitions of a topic. */
    public static List<TopicPartition> partitions(String topic, int count) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            partitions.add(new TopicPartition(topic, i));
        }
        return partitions;
    }

    /** What is known of a key, of which something must be known. */
    public static <K, V> V find(Map<K, V> known, K key) {
        return Optional.ofNullable(known.get(key)).orElseThrow();
    }

    static <T> T get(java.util.concurrent.Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException failure) {
            throw new AssertionError("failed", failure.getCause());
        }
    }

    static <T> List<T> getAll(Collection<? extends java.util.concurrent.Future<T>> futures)
            throws InterruptedException {
        List<T> results = new ArrayList<>();
        for (java.util.concurrent.Future<T> future : futures) {
            results.add(get(future));
        }
        return results;
    }

    private Map<String, Object> with(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(settings);
        all.put("bootstrap.servers", server);
        return all;
    }
}
